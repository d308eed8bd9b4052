import re

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import PNG, AftersalesCommon


@tagged("-at_install", "post_install")
class TestPortal(AftersalesCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_user = new_test_user(
            cls.env, "as_portal", groups="base.group_portal", partner_id=cls.contact.id, password="as_portal",
            company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)])
        cls.outsider = new_test_user(
            cls.env, "as_outsider", groups="base.group_portal", password="as_outsider", company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)])

    def _send(self, files=None, **said):
        page = self.url_open("/my/service/new")
        hidden = {name: re.search(rf'name="{name}" value="([^"]+)"', page.text).group(1)
                  for name in ("csrf_token", "key")}
        response = self.url_open(
            "/my/service/new", data={"text": "Relay shows E04", **hidden, **said}, files=files, timeout=60)
        self.env.invalidate_all()
        return response

    def _last(self):
        return self.env["service.request"].search([("source", "=", "portal")], limit=1, order="id desc")

    def test_customer_sends_and_follows(self):
        """AFT-1: the customer sends a request from his portal and follows it; he sees his colleagues', too."""
        self.authenticate("as_portal", "as_portal")
        response = self._send(files={"photos": ("e04.png", PNG)}, serial="KYN28-0001")
        request = self._last()
        self.assertIn(request.name, response.text)
        self.assertRecordValues(request, [{
            "partner_id": self.contact.id, "lot_id": self.lot.id, "serial": False, "warranty_state": "in",
            "dispatcher_id": self.head.id, "subject": "Relay shows E04", "contact_name": self.contact.name,
            "email": self.contact.email}])
        self.assertEqual(request._get_own_files().mapped("name"), ["e04.png"])
        mine = self._request()
        page = self.url_open("/my/service").text
        for number in (request.name, mine.name):
            self.assertIn(number, page)

    def test_customer_of_the_portal_is_asked_whether_he_is_content(self):
        """AFT-6: who reports on the portal types no address, and is asked at his own once the request is closed."""
        self.authenticate("as_portal", "as_portal")
        self._send()
        request = self._last().sudo()
        request.write({"user_id": self.engineer.id})
        request.with_user(self.head).action_hand_over()
        self._call(request)
        mine = request.with_user(self.engineer)
        mine.action_start()
        mine.solution = "The relay was replaced."
        mine.action_solve()
        mine.action_close()
        self.assertRecordValues(request.satisfaction_ids, [{"email": self.contact.email, "state": "asked"}])

    def test_serial_number_of_another_customer(self):
        """AFT-1: the number of another's cabinet, and one that does not exist, are kept as typed: nothing is
        told of it."""
        self._deliver("KYN28-0002", self.stranger)
        self.authenticate("as_portal", "as_portal")
        for serial in ("KYN28-0002", "KYN28-9999"):
            self._send(serial=serial)
            self.assertRecordValues(self._last(), [{"lot_id": False, "serial": serial, "partner_id": self.contact.id}])

    def test_nobody_reads_another_customers_request(self):
        """ARC-5: neither on the page, nor in the list, nor by RPC; with the link of the mail who has it."""
        request = self._request()
        self.authenticate("as_outsider", "as_outsider")
        self.assertNotIn(request.name, self.url_open(f"/my/service/{request.id}").text)
        self.assertNotIn(request.name, self.url_open("/my/service").text)
        self.assertNotIn(request.name, self.url_open(f"/my/service/{request.id}?access_token=x").text)
        self.assertFalse(self.env["service.request"].with_user(self.outsider).has_access("read"))
        self.authenticate(None, None)
        self.assertNotIn(request.name, self.url_open(f"/my/service/{request.id}").text)
        link = request._portal_ensure_token()
        self.env.flush_all()
        self.assertIn(request.name, self.url_open(f"/my/service/{request.id}?access_token={link}").text)

    def test_customer_writes_to_what_is_solved(self):
        """AFT-2: a word of the customer opens a solved request again."""
        request = self._solved()
        request.sudo().message_post(
            body="It trips again", message_type="comment", subtype_xmlid="mail.mt_comment", author_id=self.contact.id)
        self.assertEqual((request.state, self._asked(request)), ("in_progress", [(self.engineer, "solve")]))

    def test_closed_page_leads_to_a_new_request(self):
        """AFT-1: a closed request takes no message: its page leads to a new one; the messages' own words, which Odoo's
        pages leave in English, come in the customer's language."""
        request = self._solved()
        request.with_user(self.head).action_close()
        self.authenticate("as_portal", "as_portal")
        page = self.url_open(request.access_url).text
        self.assertIn('<a href="/my/service/new">Send what is new as a new request</a>', page)
        self.assertIn("mail", self.env["ir.http"]._get_translation_frontend_modules_name())

    def test_times_are_the_plants(self):
        """AFT-1: a customer whose time zone nobody knows reads the plant's time, not Greenwich's."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.portal_user.tz = False
        self._request().sudo().received_on = "2026-03-02 01:30:00"
        self.authenticate("as_portal", "as_portal")
        self.assertIn("2026-03-02 09:30", self.url_open("/my/service").text)

    def test_nothing_said(self):
        """AFT-1: what cannot be sent is said in a clear word, and what was typed stays."""
        self.authenticate("as_portal", "as_portal")
        response = self._send(text="...", serial="KYN28-0001")
        self.assertIn("Write what has happened", response.text)
        self.assertIn('value="KYN28-0001"', response.text)

    def test_customer_is_led_to_the_survivor(self):
        """AFT-1: the customer who opens a merged request comes to the one that goes on."""
        first, second = self._handed(subject="Breaker"), self._handed(subject="Lamp")
        second._merge_into(first)
        self.authenticate("as_portal", "as_portal")
        page = self.url_open(f"/my/service/{second.id}")
        self.assertIn(f"/my/service/{first.id}", page.url)
        self.assertIn(first.name, page.text)

    def test_customer_sees_how_far_his_order_is(self):
        """AFT-4: the page of an order says in plain words how far it is; nothing of a quotation, nothing to others."""
        order = self.order.sudo()
        self.assertEqual(order._get_progress(), [])
        if "order_review_policy" in self.company:  # how orders are agreed is another addon's
            self.company.order_review_policy = "none"
        order.state = "sale"
        order.order_line.qty_delivered = 1
        self.assertEqual([step[:2] for step in order._get_progress()], [
            ("Ordered", "done"), ("Shipped", "done"), ("In Operation", "open")])
        self.lot.sudo().commissioned_on = self.delivered_on
        order.order_line.product_uom_qty = 2
        order.order_line.qty_delivered = 1
        self.assertEqual([step[:2] for step in order._get_progress()][1:], [
            ("Shipped", "now"), ("In Operation", "done")])
        address = f"/my/orders/{order.id}"
        self.authenticate("as_portal", "as_portal")
        page = self.url_open(address)
        self.assertIn('id="order_progress"', page.text)
        self.assertIn("Shipped", page.text)
        self.authenticate("as_outsider", "as_outsider")
        self.assertNotIn('id="order_progress"', self.url_open(address).text)

    def test_customer_sees_his_cabinets(self):
        """AFT-4, ARC-5: serial numbers that his company has, with warranty and a way to report; none of another
        customer, none that went on to somebody else."""
        self._deliver("KYN28-0900", self.stranger)
        sold_on = self._deliver("KYN28-0901", self.customer)[1]
        self.authenticate("as_portal", "as_portal")
        page = self.url_open("/my/cabinets").text
        for serial, is_there in (("KYN28-0001", True), ("KYN28-0901", True), ("KYN28-0900", False)):
            self.assertEqual(serial in page, is_there, serial)
        self.assertIn("/my/service/new?serial=KYN28-0001", page)
        self.assertIn('value="KYN28-0001"', self.url_open("/my/service/new?serial=KYN28-0001").text)
        line = self.env["stock.move.line"].search([("lot_id", "=", sold_on.id)])
        self.env.flush_all()
        self.env.cr.execute("""
            INSERT INTO stock_move_line (lot_id, product_id, product_uom_id, company_id, state, date, location_id,
                location_dest_id, move_id, picking_id, quantity, quantity_product_uom)
            SELECT lot_id, product_id, product_uom_id, company_id, state, now(), location_dest_id, location_id, move_id,
                picking_id, quantity, quantity_product_uom FROM stock_move_line WHERE id = %s""", (line.id,))
        self.env.invalidate_all()
        self.assertNotIn(sold_on, self.env["stock.lot"]._get_lots_with(self.contact))  # it came back
        self.authenticate("as_outsider", "as_outsider")
        self.assertNotIn("KYN28", self.url_open("/my/cabinets").text)
