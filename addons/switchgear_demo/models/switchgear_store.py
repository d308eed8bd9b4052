from odoo import api, models
from odoo.fields import Command


class SwitchgearDemo(models.AbstractModel):
    """Stories of what lies in the store: its papers, and what is found bad on a shelf."""

    _inherit = "switchgear.demo"

    @api.model
    def _certify(self, hours_ago, product, papers):
        """Record the papers that came with serial numbers.

        :param papers: serial number, kind and number of each paper
        """
        product = self._get("product", product)
        with self._living(hours_ago):
            lots = self.env["stock.lot"].search([("product_id", "=", product.id)]).grouped("name")
            self.env["quality.lot.document"].create([{
                "lot_id": lots[serial].id, "kind": kind, "name": number, "company_id": self.env.company.id,
            } for serial, kind, number in papers])

    @api.model
    def _isolate(self, hours_ago, product, quantity, defect, description):
        """Report goods that are found bad in the store; an inspector takes the report and isolates them."""
        with self._living(hours_ago):
            report = self.env["quality.nonconformity"].create({
                "source": "store",
                "product_id": self._get("product", product).id,
                "quantity": quantity,
                "location_id": self._get("warehouse", "main").lot_stock_id.id,
                "severity": "minor",
                "description": description,
                "defect_line_ids": [Command.create(
                    {"defect_code_id": self._get("defect", defect).id, "quantity": quantity})],
            })
            report.action_open()
        inspector = self._as("inspector")
        for hours, method in ((hours_ago - 0.2, "action_take"), (hours_ago - 0.5, "action_isolate")):
            inspector._call(hours, report.with_env(inspector.env), method)
