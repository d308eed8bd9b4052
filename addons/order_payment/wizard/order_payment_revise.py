from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.document_control.tools.reason import is_reason

MAY_REVISE = ("sales_team.group_sale_manager", "account.group_account_manager")


class OrderPaymentRevise(models.TransientModel):
    """The plan as it is to be from now on, with the reason."""

    _name = "order.payment.revise"
    _description = "Revise a Payment Plan"

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    reason = fields.Text(required=True)
    line_ids = fields.One2many(
        "order.payment.revise.line", "revise_id", string="Lines", compute="_compute_line_ids", store=True,
        readonly=False)
    problem = fields.Char(compute="_compute_problem")

    @api.depends("order_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear(), *(
                Command.create({"line_id": line.id, **line._prepare_terms()})
                for line in wizard.order_id.payment_line_ids)]

    @api.depends("line_ids.percent", "line_ids.basis", "line_ids.amount_given")
    def _compute_problem(self):
        for wizard in self:
            wizard.problem = wizard.order_id and wizard.order_id._get_plan_problem(wizard.line_ids)

    def action_confirm(self):
        """Replace the plan.

        :raise AccessError: not for this user to do
        :raise UserError: no reason, not 100 %, or an invoiced line is changed or left out
        """
        self.ensure_one()
        self.order_id._check_groups(*MAY_REVISE)
        self.order_id.check_access("write")
        if not is_reason(self.reason):
            raise UserError(self.env._("Give the reason of the revision: it is kept with your name."))
        self.order_id._revise_payment_plan(self.line_ids, self.reason.strip())
        return {"type": "ir.actions.act_window_close"}
