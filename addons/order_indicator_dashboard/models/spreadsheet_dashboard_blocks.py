import json

from odoo import models
from odoo.tools import file_open

from ..tools.snapshot import Block

FILE = "order_indicator_dashboard/data/blocks.json"


class SpreadsheetDashboard(models.Model):
    """What stands on the dashboards: models are named as data, as those of indicators are; words are here."""

    _inherit = "spreadsheet.dashboard"

    def _get_blocks(self):
        """Blocks of this dashboard, for addons to add to.

        :return: list of ``tools.snapshot.Block``
        """
        with file_open(FILE) as file:
            said = json.load(file)[self.indicator_board]
        titles, labels = self._get_block_titles(), self._get_measure_labels()
        return [Block(**block | {
            "title": titles[block["title"]], "measures": [(name, labels[label]) for name, label in block["measures"]],
        }) for block in said]

    def _get_block_titles(self):
        return {
            "intake_month": self.env._("Order intake by month"),
            "intake_channel": self.env._("Order intake by channel"),
            "review": self.env._("Review lead time"),
            "punctuality": self.env._("On-time delivery"),
            "delays": self.env._("Delivery delays by cause"),
            "receipts": self.env._("Outstanding receipts by age"),
            "service": self.env._("Service requests by cause"),
            "limits": self.env._("Time limits kept"),
            "incoming": self.env._("Incoming inspections"),
            "made": self.env._("Inspections of what is made"),
            "nonconformities": self.env._("Nonconformities by source"),
            "rework": self.env._("Cost of rework and scrap"),
            "suppliers": self.env._("Suppliers"),
            "missing_cause": self.env._("Missing parts by cause"),
            "missing_owner": self.env._("Missing parts by who brings them"),
        }

    def _get_measure_labels(self):
        return {
            "number": self.env._("Number"), "amount": self.env._("Untaxed amount"), "hours": self.env._("Hours"),
            "open": self.env._("Open amount"), "cost": self.env._("Cost"), "score": self.env._("Score"), "ppm": "PPM",
            "on_time": self.env._("On time (%)"), "accepted": self.env._("Accepted lots (%)"),
        }
