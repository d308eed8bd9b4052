import re
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .common import NOW, PromiseCommon


@tagged("-at_install", "post_install")
class TestAsk(MailCase, PromiseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"supplier_ask_days": 5, "supplier_transit_days": 2})

    def _run(self):
        with self.mock_mail_gateway(), patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60.0):
            self.env["purchase.order"]._cron_ask_suppliers()
        return self._new_mails.filtered(lambda mail: self.supplier in mail.recipient_ids)

    def test_asked_five_working_days_before(self):
        """PUR-6: on Monday the arrival of next Monday is five working days away: the buyer gets a to-do, the supplier
        one mail with the link; once per planned date, and anew for another date."""
        early, order = self._order(days=8), self._order(self.terminal | self.rail, days=7)
        mails = self._run()
        self.assertEqual(mails.mapped("res_id"), order.ids)
        self.assertIn("/supplier/", mails.body_html)
        self.assertIn("UK-2.5B terminal", mails.body_html)
        self.assertEqual(order.activity_ids.mapped("user_id"), self.buyer)
        self.assertEqual(order.order_line.mapped("supplier_asked_date"), order.order_line.mapped("date_planned"))
        self.assertFalse(early.activity_ids)
        self.assertFalse(self._run(), "asked once")
        order.sudo()._confirm_all(self.supplier)
        self.assertFalse(order.activity_ids, "answered: the to-do is done")
        later = order.order_line[0]
        later.with_user(self.buyer).date_planned += timedelta(days=7)
        with freeze_time(NOW + timedelta(days=6)):
            self.assertIn(order.id, self._run().mapped("res_id"))

    def test_shipping_day(self):
        """PUR-7: two working days before the arrival the supplier is asked whether the goods are shipped; once he says
        so nobody asks any more."""
        order = self._order(days=2)
        mails = self._run()
        self.assertEqual(len(mails), 2)
        self.assertIn("shipped today", " ".join(mails.mapped("subject")))
        types = order.activity_ids.activity_type_id
        self.assertIn(self.env.ref("supplier_promise.mail_activity_type_ask_shipment"), types)
        order.sudo()._ship({"shipped": "yes", "carrier": "SF Express", "contact": "Li 138", "tracking": "SF1"},
                           self.supplier)
        self.assertRecordValues(order.picking_ids, [{
            "supplier_shipment": "shipped", "supplier_carrier": "SF Express", "supplier_carrier_contact": "Li 138",
            "supplier_tracking_ref": "SF1", "supplier_shipped_on": fields.Date.today()}])
        self.assertNotIn(self.env.ref("supplier_promise.mail_activity_type_ask_shipment"),
                         order.activity_ids.activity_type_id)
        order.sudo().order_line.shipment_asked_date = False
        self.assertFalse(self._run())

    def test_shipping_day_of_the_rest(self):
        """PUR-7: a part that was shipped and has arrived does not keep the rest from being asked for."""
        order = self._order(days=2)
        order.sudo()._ship({"shipped": "yes", "carrier": "SF Express"}, self.supplier)
        self.assertFalse(self._find(order))
        self._receive(order, quantity=40)
        self.assertEqual(sorted(order.sudo().picking_ids.mapped("state")), ["assigned", "done"])
        self.assertEqual(self._find(order), order.order_line.sudo())

    def _find(self, order):
        return order.sudo()._find_lines_to_ask("shipment", self.company, 2).filtered(
            lambda line: line.order_id == order)

    def test_not_shipped(self):
        """PUR-7: not shipped: the new date and its reason are needed, and wait for the buyer like every later date."""
        order = self._order(days=2)
        for said, word in (({}, "shipped or not"), ({"shipped": "no"}, "on which day"),
                           ({"shipped": "no", "day": "soon", "reason": "Copper"}, "no date"),
                           ({"shipped": "yes"}, "carrier")):
            with self.subTest(said=said), self.assertRaisesRegex(UserError, word):
                order.sudo()._ship(said, self.supplier)
        order.sudo()._ship(
            {"shipped": "no", "day": self._day(6).isoformat(), "reason": "Copper is short"}, self.supplier)
        self.assertEqual(order.picking_ids.supplier_shipment, "not_shipped")
        self.assertRecordValues(order.promise_ids, [{"state": "proposed", "is_late": True}])

    def test_asked_by_hand(self):
        """PUR-6: the buyer asks at any time, several orders at once, in the supplier's language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.supplier.lang = "zh_CN"
        orders = self._order(days=40) | self._order(days=50)
        with self.mock_mail_gateway():
            said = orders.with_user(self.buyer).action_ask_supplier()
        self.assertIn(self.supplier.display_name, said["params"]["message"])
        mails = self._new_mails.filtered(lambda mail: self.supplier in mail.recipient_ids)
        self.assertEqual(set(mails.mapped("res_id")), set(orders.ids))
        with self.assertRaises(AccessError):
            orders.with_user(self.clerk).action_ask_supplier()

    def test_asked_again_the_newest_mail_counts(self):
        """PUR-4: who is asked once more has one link of that question, in the newest mail; that of the mail before is
        taken back, with who did it. Papers, links given by hand, other questions and other orders keep theirs."""
        order, other = self._order(days=40), self._order(days=40)
        link = self.env["supplier.link"]
        tokens = [self._token(order), order._get_supplier_qr().rsplit("/", 1)[1]]
        for asked, question in ((order, "shipment"), (other, "date"), (order, "date"), (order, "date")):
            with self.mock_mail_gateway():
                asked.with_user(self.buyer)._ask(question, asked.order_line)
            mail = self._new_mails.filtered(lambda mail: self.supplier in mail.recipient_ids)
            tokens.append(re.search(r"/supplier/([\w-]{43})", mail.body_html).group(1))
        *kept, former, newest = tokens
        for token in (*kept, newest):
            self.assertTrue(link._find(token))
        self.assertFalse(link._find(former))
        links = order.supplier_link_ids.filtered(lambda link: link.carrier == "date")
        self.assertEqual(links.mapped("state"), ["valid", "revoked"])
        self.assertEqual(links[1].revoked_by, self.buyer)

    def test_note_is_in_the_language_of_the_buyer(self):
        """PUR-6: whoever asks, the cron too: what the buyer reads on his order is in his language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.buyer.lang = "zh_CN"
        order = self._order(days=2)
        self._run()
        self.assertFalse(order.message_ids.filtered(lambda message: "was asked by mail" in (message.body or "")))

    def test_who_cannot_be_asked_is_named(self):
        """PUR-6: no e-mail, archived, cancelled, all received: named with the cure, and nothing is sent to the others
        either; the cron tells the buyer in his to-do."""
        nobody = self.env["res.partner"].create({"name": "No Mail Ltd"})
        gone = self.env["res.partner"].create({"name": "Gone Ltd", "email": "gone@example.com"})
        orders = [self._order(partner_id=partner.id, days=3) for partner in (nobody, gone)]
        gone.active = False
        cancelled, received = self._order(), self._order()
        cancelled.button_cancel()
        self._receive(received)
        mine = self.env["purchase.order"].browse([order.id for order in (*orders, cancelled, received)])
        with self.mock_mail_gateway(), self.assertRaises(UserError) as caught:
            mine.with_user(self.buyer).action_ask_supplier()
        for word in ("No Mail Ltd has no e-mail", "Gone Ltd is archived", "no open order", "has been received"):
            self.assertIn(word, str(caught.exception))
        self.assertFalse(self._new_mails)
        self._run()
        self.assertIn("No Mail Ltd has no e-mail", orders[0].activity_ids[0].note)

    def test_received_ends_asking(self):
        """PUR-6: what has arrived is not asked for, and the to-dos go."""
        order = self._order(days=2)
        self._run()
        self.assertTrue(order.activity_ids)
        self._receive(order)
        self.assertFalse(order.activity_ids)
        self.assertFalse(self._run())

    def test_what_came_in_part_and_comes_no_more(self):
        """PUR-4, PUR-6: wholly received, or in part and the store took no backorder: the order does not stand under
        "not confirmed", and its supplier is asked neither by the cron nor by the button; one of whose lines something
        is still to come is asked for that line alone."""
        whole, part, both = self._order(days=2), self._order(days=2), self._order(self.terminal | self.rail, days=2)
        self.assertEqual((whole | part | both).mapped("confirmation_state"), ["none"] * 3)
        self._receive(whole)
        for moves in (part.picking_ids.move_ids, both.picking_ids.move_ids[0]):
            moves.write({"quantity": 40, "picked": True})
            moves._action_done(cancel_backorder=True)
        orders = self.env["purchase.order"]
        found = orders.search([("confirmation_state", "=", "none"), ("id", "in", (whole | part | both).ids)])
        self.assertEqual(found, both)
        self.assertEqual((whole | part).mapped("confirmation_state"), [False, False])
        self.assertEqual(both.order_line.mapped("confirmation_state"), [False, "none"])
        self.assertEqual(part.order_line._get_open_quantity(), 0)
        for order in (whole, part):
            with self.assertRaisesRegex(UserError, "has been received"):
                order.with_user(self.buyer).action_ask_supplier()
        self.assertEqual(set(self._run().mapped("res_id")), set(both.ids))
        self.assertEqual(both.order_line.mapped(lambda line: bool(line.supplier_asked_date)), [False, True])
        both.sudo()._confirm_all(self.supplier)
        self.assertEqual(both.confirmation_state, "confirmed")

    def test_queries_do_not_grow_with_what_is_not_asked(self):
        """PUR-6: orders that are not due cost the cron nothing."""
        self.env.invalidate_all()
        self._order(days=60)
        self.env.flush_all()
        self._count_find()  # what is cached is cached
        few = self._count_find()
        for _number in range(10):
            self._order(days=60)
        self.env.flush_all()
        self.assertEqual(self._count_find(), few)

    def _count_find(self):
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.env["purchase.order"]._find_lines_to_ask("date", self.company, 5)
        return self.cr.sql_log_count - before
