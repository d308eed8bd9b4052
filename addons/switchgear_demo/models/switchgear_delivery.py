from datetime import timedelta

from odoo import api, fields, models


class SwitchgearDemo(models.AbstractModel):
    """Stories of deliveries: the notice, what stands against it, the goods that leave, the site that signs."""

    _inherit = "switchgear.demo"

    @api.model
    def _make_notice(self, name, hours_ago, days, hour, values):
        """The order desk makes the delivery notice of an order.

        :param days: the goods leave so many days from today; 0: within the hour
        :param hour: at that hour of the day
        """
        with self._living(hours_ago):
            leaves = self._get_morning(days, hour) if days else fields.Datetime.now() + timedelta(minutes=30)
            action = self._get("order", name).action_make_delivery_notice()
            self.env["delivery.notice"].browse(action["res_id"]).write({
                "date_planned": leaves, "date_arrival": leaves + timedelta(hours=5), **values})

    @api.model
    def _act_notice(self, name, hours_ago, method, *arguments):
        """Call a method of the order's delivery notice."""
        self._call(hours_ago, self._get_notice(name), method, *arguments)

    @api.model
    def _sign_crates(self, name, hours_ago, signer):
        """The site signs for each crate of the order, on the page behind its code."""
        drawing = "data:image/png;base64," + self._draw((600, 200), "")
        for crate in self._get_notice(name).sudo().crate_ids:  # sudo: who scans the code is not logged in
            self._call(hours_ago, crate, "_answer", {"signer": signer, "signature": drawing})

    @api.model
    def _act_delivery_pass(self, name, hours_ago, method):
        """Call a method of the gate pass with which the goods of an order leave."""
        # sudo: the guard has the paper in his hand, and reads nothing of what is behind it
        order = self.sudo()._get("order", name)
        passes = self.env["stock.gate.pass"].sudo().search([("delivery_notice_id.order_id", "=", order.id)])
        self._call(hours_ago, passes.sudo(False), method)

    def _get_notice(self, name):
        return self.env["delivery.notice"].search([("order_id", "=", self._get("order", name).id)], limit=1)
