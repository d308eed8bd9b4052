from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDeliveryNotice(DeliveryCommon):
    def test_one_click_makes_the_notice(self):
        """DLV-1: the order desk makes it of the order: its address, its contact, the moves of its transfers."""
        order = self._order(quantity=4)
        action = order.with_user(self.desk).action_make_delivery_notice()
        notice = self.env["delivery.notice"].browse(action["res_id"])
        self.assertRecordValues(notice, [{
            "state": "draft", "order_id": order.id, "partner_id": self.customer.id, "user_id": self.desk.id,
            "sales_user_id": self.seller.id, "contact_name": "Power Station", "contact_phone": "0577-1"}])
        self.assertTrue(notice.name.startswith("DN"))
        self.assertRecordValues(notice.line_ids, [
            {"product_id": self.cabinet.id, "quantity": 4, "move_id": order.picking_ids.move_ids[0].id},
            {"product_id": self.cable.id, "quantity": 4, "move_id": order.picking_ids.move_ids[1].id}])
        self.assertEqual(order.delivery_notice_count, 1)
        with self.assertRaisesRegex(UserError, "Nothing is to leave"):
            order.with_user(self.desk).action_make_delivery_notice()
        with self.assertRaisesRegex(UserError, notice.name):
            order.picking_ids.with_user(self.desk).action_make_delivery_notice()

    def test_two_trucks_are_two_notices(self):
        """DLV-1: what is split into two transfers leaves by two notices; transfers of two orders have one each."""
        order = self._order(quantity=4)
        for move in order.picking_ids.move_ids:
            move.quantity = 3
        order.picking_ids.action_split_transfer()
        self.assertEqual(len(order.picking_ids), 2)
        first = self._notice(order, release=False)
        self.assertEqual(first.picking_ids, order.picking_ids)
        first.action_cancel("Two trucks are needed")
        made = [self.env["delivery.notice"].with_user(self.desk)._make(picking.with_user(self.desk))
                for picking in order.picking_ids]
        self.assertEqual(sorted(notice.line_ids[0].quantity for notice in made), [1, 3])
        other = self._order()
        third = self._order()
        both = (other.picking_ids + third.picking_ids).with_user(self.desk)
        self.assertEqual(self.env["delivery.notice"].with_user(self.desk)._make(both).order_id, other + third)

    def test_what_was_released_is_not_edited(self):
        """DLV-1, REV-3: neither by its desk nor by the system; changes go by withdrawing it with a reason."""
        notice = self._notice()
        self.assertEqual((notice.state, notice.released_by), ("released", self.desk))
        with self.assertRaises(AccessError):
            notice.place = "Gate 2"
        with self.assertRaisesRegex(UserError, "signed or concluded"):
            notice.sudo().place = "Gate 2"
        with self.assertRaisesRegex(UserError, "signed or concluded"):
            notice.sudo().line_ids[0].quantity = 9
        notice.with_user(self.logistics).vehicle = "C 12345"
        with self.assertRaisesRegex(UserError, "say why"):
            notice.action_withdraw("..")
        notice.action_withdraw("The customer wants another gate")
        notice.place = "Gate 2"
        notice.action_release()
        self.assertIn("another gate", "".join(notice.sudo().message_ids.mapped("body")))
        self.assertEqual(notice.place, "Gate 2")

    def test_release_asks_for_what_is_missing(self):
        """DLV-1: arrival, contact and an order in force are named, each with who cures it; nobody allows them."""
        notice = self._notice(release=False)
        planned, arrival = notice.date_planned, notice.date_arrival
        for leaves, arrives, words in (
                (False, False, "goods leave and arrive is not said"), (False, arrival, "goods leave is not said"),
                (planned, False, "goods arrive is not said")):
            notice.write({"date_planned": leaves, "date_arrival": arrives, "contact_name": False})
            self.assertIn(words, notice.problem_text)
        with self.assertRaisesRegex(UserError, "(?s)arrive is not said.*order desk.*Whom to call"):
            notice.action_release()
        with self.assertRaisesRegex(UserError, "nobody can allow this"):
            notice.action_ask_override("It is urgent")
        notice.write({"contact_name": "Mr. Wang", "date_arrival": notice.date_planned - timedelta(days=1)})
        with self.assertRaisesRegex(UserError, "arrive before they leave"):
            notice.action_release()

    def test_address_names_the_country_abroad(self):
        """DLV-1: the address in one line, without gaps; the country only where it is not the company's own."""
        home, abroad = self.env.ref("base.cn"), self.env.ref("base.de")
        self.company.country_id = home
        notice = self._notice(release=False)
        for country, shown in ((home, False), (abroad, True)):
            self.customer.country_id = country
            line = notice._get_address_line()
            self.assertIn("1 Mountain Road", line)
            self.assertEqual(country.name in line, shown, line)
            self.assertNotIn(", ,", line)

    def test_release_takes_the_goods_as_they_are(self):
        """DLV-1: what the order was changed to before the release is what the notice says; the store's day follows."""
        order = self._order(quantity=4)
        notice = self._notice(order, release=False)
        order.write({"order_line": [Command.update(order.order_line[0].id, {"product_uom_qty": 6})]})
        notice.action_release()
        self.assertEqual(notice.line_ids.filtered(lambda line: line.product_id == self.cabinet).quantity, 6)
        self.assertEqual(set(order.picking_ids.filtered("delivery_notice_id").mapped("scheduled_date")),
                         {notice.date_planned.replace(microsecond=0)})

    def test_cancelled_notice_frees_its_transfers(self):
        """DLV-1: with a reason; the next notice takes them."""
        notice = self._notice()
        order = notice.sudo().order_id
        notice.action_cancel("The customer has no crane")
        self.assertEqual(notice.state, "cancelled")
        self.assertFalse(order.picking_ids.delivery_notice_id)
        self.assertEqual(len(notice.line_ids), 2, "what it said stays on record")
        with self.assertRaises(UserError):
            notice.sudo().note = "After all"
        self.assertTrue(self._notice(order))

    def test_not_shipped_as_planned(self):
        """DLV-4: cause, reason, new date and expected arrival, together or not at all; sales has to tell the
        customer, the first plan stays known."""
        notice = self._notice()
        first, cause = notice.date_planned, self.env.ref("order_delivery.cause_vehicle")
        later = fields.Datetime.now() + timedelta(days=5)
        as_logistics = notice.with_user(self.logistics)
        for given in ((None, "The truck broke down", later, later), (cause, "", later, later),
                      (cause, "The truck broke down", None, later), (cause, "The truck broke down", later, None),
                      (cause, "The truck broke down", later, later - timedelta(days=1)),
                      (cause, "The truck broke down", first - timedelta(days=9), later)):
            with self.assertRaises(UserError):
                as_logistics.action_report_delay(*given)
        with self.assertRaises(AccessError):
            notice.with_user(self.clerk).action_report_delay(cause, "The truck broke down", later, later)
        as_logistics.action_report_delay(cause, "The truck broke down", later, later + timedelta(days=1))
        self.assertEqual((notice.date_planned, notice.date_first_planned), (later, first))
        self.assertEqual(notice.delay_cause_id, cause)
        self.assertEqual(notice.sudo().activity_ids.user_id, self.seller)

    def test_clocks(self):
        """DLV-1, DLV-4, DLV-5, DLV-3: a day ahead, on the planned day, told the same day, the receipt."""
        notice = self._notice(release=False)

        def running():
            return set(notice.sudo().sla_clock_ids.mapped("policy_id.code"))

        self.assertEqual(running(), {"sla_policy_notice_release"})
        notice.action_release()
        self.assertEqual(running(), {"sla_policy_notice_ship", "sla_policy_notice_answer"})
        self._ship(notice)
        notice.sudo()._catch_up()
        self.env.flush_all()
        notice.invalidate_recordset()
        self.assertEqual(running(), {"sla_policy_notice_tell", "sla_policy_notice_receipt"})
        notice.sudo()._follow()
        notice.invalidate_recordset()
        self.assertEqual(running(), {"sla_policy_notice_receipt"})
