from odoo import models

from ..tools.snapshot import Block

FIRST = ("parent_id", "=", False)


class SpreadsheetDashboard(models.Model):
    """What stands on the dashboards. Models are named as data, as those of indicators are."""

    _inherit = "spreadsheet.dashboard"

    def _get_blocks(self):
        """Blocks of this dashboard, for addons to add to.

        :return: list of ``tools.snapshot.Block``
        """
        return {"order": self._get_order_blocks, "supply": self._get_supply_blocks}[self.indicator_board]()

    def _get_order_blocks(self):
        _, number = self.env._, self.env._("Number")
        return [
            Block(_("Order intake by month"), "sale.order", [("state", "=", "sale")], ["date_order:month"],
                  [("amount_untaxed", _("Untaxed amount")), ("__count", number)], date="date_order"),
            Block(_("Order intake by channel"), "sale.order", [("state", "=", "sale")], ["medium_id"],
                  [("__count", number), ("amount_untaxed", _("Untaxed amount"))], date="date_order", chart="pie"),
            Block(_("Review lead time"), "order.review", [("state", "=", "concluded")], ["concluded_on:month"],
                  [("review_hours:avg", _("Hours")), ("__count", number)], date="concluded_on"),
            Block(_("On-time delivery"), "delivery.punctuality", [("state", "!=", "open")], ["date_promised:month"],
                  [("__count", number)], columns=("state",), date="date_promised"),
            Block(_("Delivery delays by cause"), "delivery.notice",
                  [("delayed_on", "!=", False), ("state", "!=", "cancelled")], ["delay_cause_id"],
                  [("__count", number)], date="delayed_on", chart="pie"),
            Block(_("Outstanding receipts by age"), "order.payment.line",
                  [("state", "in", ["due", "invoiced", "partly_paid"]), ("order_id.state", "=", "sale")], ["age"],
                  [("amount_open_company", _("Open amount")), ("__count", number)]),
            Block(_("Service requests by cause"), "service.request", [("state", "!=", "cancelled")],
                  ["cause_category_id"], [("__count", number)], date="received_on", chart="pie"),
            Block(_("Time limits kept"), "sla.clock", [("state", "in", ["met", "breached"])], ["policy_id"],
                  [("__count", number)], columns=("state",), date="deadline_at"),
        ]

    def _get_supply_blocks(self):
        _, number = self.env._, self.env._("Number")
        done = [("state", "=", "done"), FIRST]
        return [
            Block(_("Incoming inspections"), "quality.inspection",
                  [*done, ("trigger", "in", ["incoming", "subcontract"])], ["done_at:month"], [("__count", number)],
                  columns=("verdict",), date="done_at"),
            Block(_("Inspections of what is made"), "quality.inspection",
                  [*done, ("trigger", "in", ["production", "final"])], ["done_at:month"], [("__count", number)],
                  columns=("verdict",), date="done_at"),
            Block(_("Nonconformities by source"), "quality.nonconformity", [("state", "!=", "cancelled")], ["source"],
                  [("__count", number)], date="create_date", chart="pie"),
            Block(_("Cost of rework and scrap"), "quality.disposition",
                  [("state", "in", ["decided", "in_progress", "done"])], ["kind"],
                  [("cost", _("Cost")), ("__count", number)], date="decided_on"),
            Block(_("Suppliers"), "quality.supplier.score", [("partner_id", "!=", False)], ["partner_id"],
                  [("score:avg", _("Score")), ("ppm:avg", "PPM"), ("on_time:avg", _("On time (%)")),
                   ("lot_acceptance:avg", _("Accepted lots (%)"))], date="date"),
            Block(_("Missing parts by cause"), "material.shortage", [("state", "in", ["open", "promised"])], ["cause"],
                  [("__count", number)], chart="pie"),
            Block(_("Missing parts by who brings them"), "material.shortage", [("state", "in", ["open", "promised"])],
                  ["owner_id"], [("__count", number)]),
        ]
