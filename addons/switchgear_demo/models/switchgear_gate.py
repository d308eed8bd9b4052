from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command


class SwitchgearDemo(models.AbstractModel):
    """Stories of goods that leave through the gate, and come back."""

    _inherit = "switchgear.demo"

    @api.model
    def _act_gate_pass(self, name, product, kind, hours_ago, method, *arguments):
        """Call a method of the gate pass of a tranche."""
        # sudo: the guard has the paper in his hand, and reads nothing of what is behind it
        gate_pass = self.sudo()._get_disposition(name, product, kind).gate_pass_id.sudo(False)
        self._call(hours_ago, gate_pass, method, *arguments)

    @api.model
    def _request_gate_pass(self, name, hours_ago, days, goods, values):
        """Ask for the leave to let goods out that are due back in so many days.

        :param goods: description and quantity of each line
        """
        with self._living(hours_ago):
            self.env["stock.gate.pass"]._load_records([{
                "xml_id": f"switchgear_demo.gate_pass_{name}",
                "noupdate": True,
                "values": {
                    "company_id": self.env.company.id,
                    "must_return": True,
                    "expected_return": fields.Date.today() + timedelta(days=days),
                    "line_ids": [Command.create({"name": words, "quantity": quantity}) for words, quantity in goods],
                    **values,
                },
            }])
