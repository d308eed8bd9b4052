from odoo import api, fields, models
from odoo.fields import Command


class SwitchgearDemo(models.AbstractModel):
    """Stories of what suppliers bill, whether their goods are qualified or not."""

    _inherit = "switchgear.demo"

    @api.model
    def _bill(self, name, hours_ago, reference):
        """Enter and post the supplier's bill for all that was ordered of a purchase."""
        order = self._get("purchase", name)
        with self._living(hours_ago):
            self.env["account.move"]._load_records([{
                "xml_id": f"switchgear_demo.bill_{name}",
                "noupdate": True,
                "values": {
                    **order._prepare_invoice(),
                    "ref": reference,
                    "invoice_date": fields.Date.today(),
                    "invoice_line_ids": [
                        Command.create({**line._prepare_account_move_line(), "quantity": line.product_qty})
                        for line in order.order_line],
                },
            }])
            self._get("bill", name).action_post()

    @api.model
    def _release_bill(self, name, hours_ago, reason):
        """Let a bill be paid although its goods are not qualified."""
        self._call(hours_ago, self._get("bill", name), "_release_payment", reason)
