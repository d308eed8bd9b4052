from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .order_review_line import STANDARD_LIMIT


class OrderReviewLine(models.Model):
    """What a round asks of a department, and who may set it: open in preparation, fixed when it is sent (REV-6)."""

    _inherit = "order.review.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_own_rules({"user_id", "limit_hours"})
        lines.filtered(lambda line: line.review_id.state == "in_review")._record_addition()
        return lines

    def write(self, vals):
        self._check_rules_open(vals)
        result = super().write(vals)
        self._check_own_rules(vals.keys() & {"user_id", "limit_hours"})
        return result

    def _check_rules_open(self, vals):
        """Nobody changes what was asked for, superuser included.

        :raise UserError: the round was sent
        """
        rules = vals.keys() & self._get_rule_fields()
        if rules and (asked := self.filtered(lambda line: line._is_asked())):
            raise UserError(self.env._(
                "%(fields)s of %(department)s cannot be changed: what %(review)s asks for was fixed when it was sent. "
                "Cancel the round and send a new one.", fields=self._describe_fields(rules),
                department=asked[0].sudo().department_id.name, review=asked[0].sudo().review_id.name))  # to say which

    def _check_own_rules(self, names):
        """Nobody who is asked sets the rules for himself: neither makes himself another department's reviewer, nor
        gives his own department more time than the template does.

        :param names: fields that were written
        :raise AccessError: says which rule
        """
        if not names or self.env.su or self.env.user.has_group("order_review.group_order_review_manager"):
            return
        mine = set(self.env.user._get_review_department_ids())
        for line in self:
            own = line.department_id.id in mine
            if "user_id" in names and line.user_id == self.env.user and not own:
                raise AccessError(self.env._(
                    "You cannot make yourself the reviewer of %(department)s: name one of its people.",
                    department=line.department_id.name))
            if "limit_hours" in names and own and line.limit_hours > line._get_standard_limit():
                raise AccessError(self.env._(
                    "You are measured by the limit of %(department)s yourself: it cannot be more than the %(hours)s "
                    "hours of the template. An administrator of Order Review can change it.",
                    department=line.department_id.name, hours=line._get_standard_limit()))

    def _get_standard_limit(self):
        """Hours that the round's template gives the department."""
        rows = self.review_id.template_id.sudo().line_ids.filtered(  # configuration, the same for everybody
            lambda row: row._get_department(self.company_id) == self.department_id)
        return rows[:1].limit_hours or STANDARD_LIMIT

    def _record_addition(self):
        for line in self:
            line.review_id.sudo().message_post(  # the round's log, whoever may add the department
                body=self.env._("%(department)s is asked in addition, within %(hours)s hours.",
                                department=line.department_id.name, hours=line.limit_hours),
                author_id=self.env.user.partner_id.id)

    @api.model
    def _get_rule_fields(self):
        """What the round asks of a department: fixed when it is sent."""
        return {"review_id", "department_id", "required", "limit_hours", "sequence"}

    def _is_asked(self):
        return self.review_id.state != "draft"
