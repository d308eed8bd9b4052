from odoo import api, models
from odoo.fields import Command


class SwitchgearDemo(models.AbstractModel):
    """Stories of orders that change while they are built."""

    _inherit = "switchgear.demo"

    @api.model
    def _change_quantity(self, name, hours_ago, more, reason, departments):
        """The customer asks for more units of the first line: a notice is drawn up, for these departments."""
        order = self._get("order", name)
        line = order.order_line[:1]
        with self._living(hours_ago):
            self.env["order.change"].create({
                "order_id": order.id, "kind": "contract", "source": "customer", "reason": reason,
                "line_ids": [Command.create({
                    "kind": "quantity", "order_line_id": line.id, "quantity": line.product_uom_qty + more})],
                "acknowledgement_ids": [Command.create({
                    "department_id": self._get("department", department).id}) for department in departments]})
