import base64
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError

from .supplier_confirmation import DIFFERENCE
from .supplier_promise import STAFF
from .supplier_promise_flow import REPORT_TYPE

ASK_DATE = "supplier_promise.mail_activity_type_ask_date"
ASK_SHIPMENT = "supplier_promise.mail_activity_type_ask_shipment"


class PurchaseOrder(models.Model):
    """The supplier's answers to an order, and the links by which he gives them (PUR-4, PUR-5)."""

    _inherit = "purchase.order"

    def action_view_promises(self):
        """Open the history of the promised dates of the order."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("supplier_promise.supplier_promise_action")
        return {**action, "domain": [("order_id", "=", self.id)], "context": {}}

    def action_show_supplier_link(self):
        """Open a window with a new link to the supplier's page, and its QR (PUR-4)."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window", "name": self.env._("Supplier's Link"), "res_model": "supplier.link.show",
            "views": [(False, "form")], "target": "new",
            "context": {"default_order_id": self.id, "default_url": self._get_supplier_url("window")},
        }

    def action_revoke_supplier_links(self):
        """Take back all links of the order; a new one is made when it is asked for."""
        self.supplier_link_ids.filtered(lambda link: link.state == "valid").action_revoke()
        return True

    def action_take_over_differences(self):
        """Take over all that the supplier says otherwise (PUR-4)."""
        self.difference_ids.action_take_over()
        return True

    def action_refuse_differences(self):
        """Refuse all that the supplier says otherwise: he has to confirm what was ordered (PUR-4)."""
        self.difference_ids.action_refuse()
        return True

    def _get_supplier_url(self, carrier):
        """Address of the supplier's page with a new link.

        :param carrier: on what it goes out: ``date`` or ``shipment`` (mails), ``paper``, ``window``
        :raise AccessError: the user is no buyer
        """
        self.ensure_one()
        self.check_access("read")
        self._check_groups(*STAFF)
        return f"{self.get_base_url()}/supplier/{self.env['supplier.link']._issue(self, carrier)}"

    def _get_supplier_qr(self):
        """Address for the QR on paper; none where the reader may not give one out, or the order is not open."""
        self.ensure_one()
        if self.state not in ("draft", "sent", "purchase") or self.closed_on or not self.id:
            return ""
        try:
            return self._get_supplier_url("paper")
        except AccessError:
            return ""

    def _get_qr(self, url):
        """QR of an address, square: a ribbon is read by no telephone.

        :return: base64 of a PNG, empty where there is no address
        """
        picture = url and self.env["ir.actions.report"].barcode("QR", url, width=400, height=400, quiet=1)
        return base64.b64encode(picture) if picture else False

    def _note_visit(self, link):
        """When the link was last used, by the hour: a page that is only read writes hardly ever."""
        now = fields.Datetime.now()
        if not link.last_used_on or now - link.last_used_on > timedelta(hours=1):
            link._write_signed({"last_used_on": now})

    def _update_date_planned_for_lines(self, updated_dates):
        """Dates that the supplier gives in the portal are promises."""
        if not self.env.context.get("supplier_portal"):
            return super()._update_date_planned_for_lines(updated_dates)
        for line, date in updated_dates:
            line._promise(line._get_day_of(date), self.env._("Given in the portal"), source="supplier",
                          author=self.partner_id)
        return None

    def _confirm_all(self, author):
        """The supplier confirms all lines as ordered, but those about which he has said otherwise (PUR-4, PUR-5).

        :return: lines that cannot be confirmed: their date lies in the past, he has to give another
        """
        self.ensure_one()
        self._lock()
        self._check_answerable()
        waiting = self.order_line.filtered(lambda line: line.confirmation_state == "none")
        overdue = waiting.filtered(lambda line: line._is_overdue())
        for line in waiting - overdue:
            line._confirm(author=author)
        self._acknowledge_received(author)
        return overdue

    def _acknowledge_received(self, author):
        """The supplier has the order: core's mark, with a word in the history (PUR-5)."""
        order = self.sudo()  # sudo: who holds a link is not logged in
        if not order.acknowledged and order.state == "purchase":
            order.acknowledged = True
            order._note(order.env._("The supplier has received the order."), author)

    def _note(self, body, author, attachments=None):
        """A word in the history; mailed to nobody."""
        self.message_post(
            body=body, author_id=author.id, attachment_ids=attachments.ids if attachments else [],
            subtype_xmlid="mail.mt_note", message_type="notification")

    def _after_answer(self):
        """What the supplier was asked for is answered: the buyer's to-dos go; he has the order."""
        self.ensure_one()
        self.sudo().activity_unlink([ASK_DATE])  # sudo: to-dos of whoever buys
        if self.state == "purchase":
            self.sudo().acknowledged = True  # sudo: who answers has received it

    def _ask_about_differences(self):
        """One to-do for the buyer, whatever the number of lines."""
        buyer = self._get_buyer()
        if buyer and not self.activity_search([DIFFERENCE]):
            self.activity_schedule(DIFFERENCE, user_id=buyer.id, date_deadline=fields.Date.context_today(self))

    def _forget_differences(self):
        for order in self:
            if not order.confirmation_ids.filtered(lambda answer: answer.state == "differs"):
                order.activity_unlink([DIFFERENCE])

    def _end_asking(self):
        """Nothing more is to come: nobody is asked, nothing is to be decided. One query where nothing is open."""
        orders = self.sudo()._filter_asked()  # sudo: to-dos of others
        if not orders:
            return
        orders.activity_unlink([ASK_DATE, ASK_SHIPMENT, DIFFERENCE])
        orders.promise_ids._replace()
        orders.promise_ids._close_activities(REPORT_TYPE)
        open_ones = orders.confirmation_ids.filtered(lambda answer: answer.state == "differs")
        if open_ones:
            open_ones._transit("replace", decided_by=self.env.uid, decided_on=fields.Datetime.now())

    def _filter_asked(self):
        """Those of the orders about which somebody is asked, or has something to decide."""
        type_of = self.env["ir.model.data"]._xmlid_to_res_id
        return self.search([
            ("id", "in", self.ids), "|", "|", "|",
            ("activity_ids.activity_type_id", "in", [type_of(name) for name in (ASK_DATE, ASK_SHIPMENT, DIFFERENCE)]),
            ("promise_ids.state", "=", "proposed"),
            ("promise_ids.activity_ids.activity_type_id", "=", type_of(REPORT_TYPE)),
            ("confirmation_ids.state", "=", "differs")], order="id") if self else self
