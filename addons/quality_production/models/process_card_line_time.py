from odoo import models
from odoo.exceptions import UserError
from odoo.tools import float_round

from odoo.addons.document_control.tools.entered_values import is_number


class ProcessCardLine(models.Model):
    """Changed operation times are fed back to the routing (FQC-6)."""

    _inherit = "process.card.line"

    def action_report_time(self, reason, minutes=None):
        """Report that the operation takes another time than the routing says (FQC-6).

        :param float minutes: minutes per cycle without setup and cleaning; if not said, what this order really took
        :return: the ``process.time.change``
        :raise UserError: no operation of a routing, no time, no reason
        """
        self.ensure_one()
        self.card_id._check_operator()
        if not self.operation_id:
            raise UserError(self.env._("\"%(name)s\" is not an operation of a routing.", name=self.name))
        line = self.sudo()  # what the operator reports is compared with the routing, which he may not read
        new = line._get_cycle_minutes() if minutes is None else minutes
        if not new or not is_number(new) or new <= 0:
            raise UserError(self.env._("\"%(name)s\": no working time was recorded.", name=self.name))
        if not (reason or "").strip():
            raise UserError(self.env._("\"%(name)s\": write why the time changed.", name=self.name))
        change = line.env["process.time.change"].create({
            "operation_id": line.operation_id.id, "line_id": line.id, "company_id": line.company_id.id,
            "old_minutes": line.operation_id.time_cycle, "new_minutes": new, "reason": reason,
            "proposed_by": self.env.uid})
        return change.sudo(False)

    def _get_cycle_minutes(self):
        """Actual minutes of one cycle: without setup and cleaning, with the work centre's efficiency taken out."""
        order = self.workorder_id
        if not order:
            return float_round(self.actual_minutes, precision_digits=2)
        quantity = order.qty_produced or order.qty_producing or order.qty_production
        capacity, setup, cleanup = order.workcenter_id._get_capacity(
            order.product_id, order.product_uom_id, order.production_bom_id.product_qty or 1)
        cycles = float_round(quantity / capacity, precision_digits=0, rounding_method="UP") or 1
        working = max(0, self.actual_minutes - setup - cleanup)
        return float_round(working / cycles * (order.workcenter_id.time_efficiency or 100) / 100, precision_digits=2)
