from dateutil.relativedelta import relativedelta

from odoo import fields, models


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "document.number.mixin"]

    delivery_note_required = fields.Boolean(
        default=True,
        help="A receipt of a purchase order is validated only with the number of the supplier's delivery note.")
    purchase_department_id = fields.Many2one(
        "hr.department", string="Purchasing Department", domain="[('company_id', 'in', [False, id])]",
        help="Its manager is told of lots below the limit and of serious findings.")
    material_department_id = fields.Many2one(
        "hr.department", string="Material Control Department", domain="[('company_id', 'in', [False, id])]",
        help="Its manager is told which received goods were accepted or rejected.")
    quality_buyer_decides = fields.Boolean(
        string="Buyers Decide Returns",
        help="Buyers may decide nonconformities of which everything goes back to the supplier.")
    quality_payment_gate = fields.Boolean(
        string="Pay Qualified Quantities Only", default=True,
        help="A vendor bill is paid up to the quantities that were received and qualified.")
    score_weight_acceptance = fields.Float(
        string="Weight of Lot Acceptance", default=40, help="Share of accepted lots in the supplier's score.")
    score_weight_ppm = fields.Float(
        string="Weight of PPM", default=20, help="Nonconforming parts per million in the supplier's score.")
    score_weight_on_time = fields.Float(
        string="Weight of On-time Delivery", default=25, help="Order lines received by their date.")
    score_weight_response = fields.Float(
        string="Weight of Response", default=10, help="Hours until the supplier answers a nonconformity.")
    score_weight_price = fields.Float(
        string="Weight of Price", default=5, help="The supplier's prices against the lowest of all suppliers.")
    score_months = fields.Integer(
        string="Months of the Score", default=12, help="Months back that count for a supplier's score.")
    score_ppm_limit = fields.Float(
        string="PPM without Points", default=10000, help="Nonconforming parts per million at which the PPM earns none.")
    score_response_limit = fields.Float(
        string="Response without Points (hours)", default=72,
        help="Hours until the answer at which the response earns no point.")

    _score_weights_positive = models.Constraint(
        "CHECK(LEAST(score_weight_acceptance, score_weight_ppm, score_weight_on_time, score_weight_response, "
        "score_weight_price) >= 0 AND score_weight_acceptance + score_weight_ppm + score_weight_on_time + "
        "score_weight_response + score_weight_price > 0)",
        "The weights of the supplier score cannot be negative, and one of them must be above zero.")
    _score_limits_positive = models.Constraint(
        "CHECK(score_months > 0 AND score_ppm_limit > 0 AND score_response_limit > 0)",
        "Months and limits of the supplier score must be above zero.")

    def _get_purchase_head(self):
        """Head of purchasing: manager of the purchasing department, else a purchasing administrator.

        :return: res.users, empty where nobody can be told
        """
        self.ensure_one()
        if head := self._get_department_head("purchase_department_id"):
            return head
        # sudo: who has which rights is hidden from most users; only the user is handed out
        managers = self.env.ref("purchase.group_purchase_manager").sudo().all_user_ids
        return managers.filtered(
            lambda user: user.active and not user.share and user._is_internal() and self in user.company_ids
        ).sorted(lambda user: (user._is_superuser() or user._is_admin(), user.id))[:1].sudo(False)

    def _get_material_head(self):
        """Head of material control; res.users, empty where no department is set."""
        self.ensure_one()
        return self._get_department_head("material_department_id")

    def _get_department_head(self, name):
        """User who manages the department of a setting, or the next one above it.

        :param str name: field of the company
        """
        # sudo: employees are hidden from most users; only the user is handed out
        return self.sudo()[name]._get_next_manager(self)

    def _get_score_start(self):
        """First moment (UTC) that counts for the suppliers' scores."""
        self.ensure_one()
        return fields.Datetime.now() - relativedelta(months=self.sudo().score_months)  # sudo: a limit, no secret
