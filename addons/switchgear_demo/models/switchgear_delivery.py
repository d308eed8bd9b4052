from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command

from ..tools.paper import paper


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
    def _plan_notice(self, name, hours_ago, leaves, values):
        """The order desk makes the delivery notice of an order, whose goods were to leave so many hours ago."""
        with self._living(hours_ago):
            action = self._get("order", name).action_make_delivery_notice()
            self.env["delivery.notice"].browse(action["res_id"]).write({
                "date_planned": self._get_moment(leaves), "date_arrival": self._get_moment(leaves) + timedelta(hours=5),
                **values})

    @api.model
    def _make_ready(self, name, hours_ago, seller, person):
        """An ordinary order, from the customer's word until it is packed, which takes 24 hours; what is due at the
        signature is invoiced and paid."""
        sales, desk, production, planner = (self._as(login) for login in (seller, "desk", "production", "planner"))
        sales._settle(name, hours_ago, person)
        desk._act(name, hours_ago - 1, "action_request_review")
        desk._sign(name, hours_ago - 2, "agree", 0)
        production._sign(name, hours_ago - 3, "agree", 5)
        desk._act_review(name, hours_ago - 4, "_conclude", "accept")
        desk._contract(name, hours_ago - 6, person)
        if self._get("order", name).payment_line_ids:
            sales._invoice_payment(name, hours_ago - 6.5, "down_payment")
            self._as("finance")._invoice(name, hours_ago - 7)
            self._as("finance")._pay(name, hours_ago - 8)
        desk._instruct(name, hours_ago - 9)
        production._act_instruction(name, hours_ago - 9.5, "action_acknowledge")
        planner._act_plan(name, hours_ago - 10, "action_release_plan")
        planner._work_off(name, hours_ago - 10.2, ("齐套领料", hours_ago - 12), ("装配及调试", hours_ago - 20),
                          ("出厂检验", hours_ago - 22), ("包装入库", hours_ago - 24))

    @api.model
    def _reserve(self, name, hours_ago):
        """The store reserves the goods of the order, which are ready to be shipped then."""
        self._call(hours_ago, self.env["stock.picking"].search(
            [("origin", "=", self._get("order", name).sudo().name)]), "action_assign")

    @api.model
    def _pack(self, name, hours_ago):
        """The store packs each product of the order in a crate, and prints the labels of the crates."""
        with self._living(hours_ago):
            picking = self._get_notice(name).picking_ids
            picking.action_assign()
            for move in picking.move_ids:
                move.move_line_ids.action_put_in_pack()
        self._act_notice(name, hours_ago - 0.1, "action_print_labels")

    @api.model
    def _deliver_part(self, name, hours_ago, product, quantity):
        """Ship the order from stock, of one product so much only; the rest stays for a transfer of its own."""
        picking = self._get_notice(name).picking_ids
        with self._living(hours_ago):
            picking.action_assign()
            for move in picking.move_ids:
                move.quantity = quantity if move.product_id == self._get("product", product) else move.product_uom_qty
                move.picked = True
            question = picking.button_validate()
            self.env[question["res_model"]].with_context(**question["context"]).create({}).process()

    @api.model
    def _agree_to_missing(self, name, hours_ago, product, quantity, owner, days, values):
        """The order desk takes down that the customer agrees: so much of a product comes later, by a person of ours."""
        notice = self._get_notice(name)
        with self._living(hours_ago):
            window = self.env["delivery.consent"].with_context(**notice.action_consent()["context"]).create({
                "owner_id": self._get("user", owner).id, "due": fields.Date.today() + timedelta(days=days), **values})
            line = window.line_ids.filtered(lambda line: line.line_id.product_id == self._get("product", product))
            line.quantity = quantity
            window.action_record()

    @api.model
    def _report_delay(self, name, hours_ago, cause, reason, leaves):
        """Logistics says why the goods have not left, and when they do.

        :param leaves: so many hours ago, or (days from today, hour of the day)
        """
        leaves = self._get_moment(leaves) if isinstance(leaves, int | float) else self._get_morning(*leaves)
        self._act_notice(name, hours_ago, "action_report_delay", self.env.ref(f"order_delivery.cause_{cause}"), reason,
                         leaves, leaves + timedelta(hours=5))

    @api.model
    def _file_receipt(self, name, hours_ago, person):
        """Logistics files the receipt that was signed on paper."""
        notice = self._get_notice(name)
        with self._living(hours_ago):
            file = self.env["ir.attachment"].create({
                "name": f"回执 {notice.name}.pdf", "raw": paper("发货回执", [notice.name, f"收货人签字：{person}"])})
            self.env["delivery.receipt"].with_context(**notice.action_receipt()["context"]).create({
                "signed_by": person, "signed_on": notice.company_id._get_today(),
                "attachment_ids": [Command.set(file.ids)]}).action_register()

    @api.model
    def _act_notice(self, name, hours_ago, method, *arguments):
        """Call a method of the order's delivery notice."""
        self._call(hours_ago, self._get_notice(name), method, *arguments)

    @api.model
    def _sign_crates(self, name, hours_ago, signer, damage=""):
        """The site signs for each crate of the order, on the page behind its code.

        :param damage: what is damaged in the last crate
        """
        drawing = "data:image/png;base64," + self._draw((600, 200), "")
        crates = self._get_notice(name).sudo().crate_ids  # sudo: who scans the code is not logged in
        for crate in crates:
            said = {"damaged": "1", "text": damage} if damage and crate == crates[-1] else {}
            self._call(hours_ago, crate, "_answer", {"signer": signer, "signature": drawing, **said})

    @api.model
    def _act_delivery_pass(self, name, hours_ago, method):
        """Call a method of the gate pass with which the goods of an order leave."""
        # sudo: the guard has the paper in his hand, and reads nothing of what is behind it
        order = self.sudo()._get("order", name)
        passes = self.env["stock.gate.pass"].sudo().search([("delivery_notice_id.order_id", "=", order.id)])
        self._call(hours_ago, passes.sudo(False), method)

    def _get_notice(self, name):
        return self.env["delivery.notice"].search([("order_id", "=", self._get("order", name).id)], limit=1)
