from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class QualityCorrectiveTask(models.Model):
    """One action of a corrective action: who, what, until when (NCR-7)."""

    _name = "quality.corrective.task"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Action of a Corrective Action"
    _order = "action_id desc, sequence, id"
    _check_company_auto = True
    _mail_post_access = "read"

    action_id = fields.Many2one(
        "quality.corrective.action", string="Corrective Action", required=True, index=True, ondelete="cascade")
    action_state = fields.Selection(related="action_id.state", store=True, string="Step")
    company_id = fields.Many2one(related="action_id.company_id", store=True, index=True, precompute=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Action", required=True)
    kind = fields.Selection(
        [("containment", "Containment"), ("correction", "Correction"), ("prevention", "Prevention")],
        required=True, default="correction")
    owner_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict", default=lambda self: self.env.user,
        domain="[('share', '=', False)]")
    date_due = fields.Date(string="Due", required=True, index=True)
    done_on = fields.Datetime(string="Done", readonly=True, copy=False)
    done_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    result = fields.Char(readonly=True, copy=False)
    is_late = fields.Boolean(compute="_compute_is_late")

    @api.depends("date_due", "done_on")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for task in self:
            task.is_late = bool(task.date_due and not task.done_on and task.date_due < today)

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        if not self.env.su and any(not task._may_plan() for task in tasks):
            raise AccessError(self.env._("Who leads the corrective action and quality plan its actions."))
        if closed := tasks.action_id.filtered(lambda action: action.state in ("verification", "closed", "cancelled")):
            raise UserError(self.env._(
                "%(action)s takes no more actions at this step.", action=closed[0].name))
        tasks.filtered(lambda task: task.action_id.state == "action")._ask()
        return tasks

    def action_done(self, result=None):
        """The action was carried out (NCR-7).

        :param result: what was done
        :raise AccessError: neither its owner, nor the owner of the corrective action, nor quality
        :raise UserError: already done
        """
        for task in self:
            task.check_access("read")
            if self.env.user not in (task.owner_id | task.action_id.owner_id):
                task._check_groups("quality_inspection.group_quality_user")
            if task.done_on or task.action_id.state in ("closed", "cancelled"):
                raise UserError(self.env._("%(task)s was already done, or its action is closed.", task=task.name))
            # sudo: the to-do may be another's; who reports was checked above
            task.sudo().activity_feedback(["quality_corrective.mail_activity_type_corrective_task"])
            task._write_signed({
                "done_on": fields.Datetime.now(), "done_by": self.env.uid, "result": result or False})
        return True

    def action_view_action(self):
        """Open the corrective action."""
        self.ensure_one()
        return self.action_id._get_records_action(name=self.env._("Corrective Action"))

    def _ask(self):
        for task in self:
            if task.owner_id != self.env.user:
                task.activity_schedule(
                    "quality_corrective.mail_activity_type_corrective_task", user_id=task.owner_id.id,
                    date_deadline=task.date_due, summary=task.name)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_planner(self):
        for task in self:
            if not self.env.su and not task._may_plan():
                raise AccessError(self.env._(
                    "%(task)s: who leads the corrective action and quality take actions out.", task=task.name))

    def _may_plan(self):
        """Whether the user plans the actions; their owners carry them out, and do not move their dates."""
        return self.action_id._may_lead()

    @api.model
    def _get_creatable_fields(self):
        return {"sequence", "name", "kind", "owner_id", "date_due", "action_id"}

    def _get_open_fields(self):
        if self.done_on or self.action_id.state not in ("draft", "analysis", "action") or not self._may_plan():
            return set()
        return self._get_creatable_fields()

    def _is_frozen(self):
        return bool(self.done_on) or self.action_id.state in ("closed", "cancelled")

    def _get_living_fields(self):
        return {"action_state"}
