import base64
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PNG, DeliveryCommon

DRAWING = "data:image/png;base64," + base64.b64encode(PNG).decode()


@tagged("post_install", "-at_install")
class TestDeliveryShip(DeliveryCommon):
    def test_shipped(self):
        """DLV-3, DLV-5, NCR-5: the store validates; the notice is shipped, gate pass and crates are made, the customer
        is told; once, however often the job runs."""
        notice = self._notice(vehicle="C 12345", driver="Mr. Zhao", waybill="SF-1")
        self._ship(notice)
        self.assertEqual((notice.state, notice.shipped_by), ("shipped", self.store))
        self.assertEqual(notice.line_ids.mapped("quantity_shipped"), [4, 4])
        self._run_job()
        notice.sudo()._follow()
        gate = self.env["stock.gate.pass"].search([("delivery_notice_id", "=", notice.id)])
        self.assertRecordValues(gate, [{
            "reason": "delivery", "state": "draft", "vehicle": "C 12345", "driver": "Mr. Zhao",
            "requested_by": self.store.id, "is_from_document": True}])
        self.assertEqual(gate.line_ids.mapped("quantity"), [4, 4])
        mail = self.env["mail.mail"].search([("subject", "ilike", notice.sudo().order_id.name)])
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.recipient_ids, self.customer)
        for words in ("Cabinet KYN28", "SF-1", "C 12345", notice.sudo().crate_ids._get_page_url()):
            self.assertIn(words, mail.body_html)
        self.assertTrue(notice.informed_on)

    def test_guard_lets_the_delivery_out(self):
        """NCR-5: the pass of a delivery is approved and scanned out like every other; its goods are the notice's."""
        notice = self._shipped()
        gate = self.env["stock.gate.pass"].search([("delivery_notice_id", "=", notice.id)])
        with self.assertRaises(UserError):
            gate.with_user(self.store).line_ids = [Command.create({"name": "Copper", "quantity": 1})]
        gate.action_approve()
        gate.with_user(self.store).action_out()
        self.assertEqual((gate.state, gate.line_ids[0].quantity_out), ("closed", 4))

    def test_word_of_a_delay_is_of_the_last_one(self):
        """DLV-4, DLV-5: the to-do to tell the customer of a delay says the last one, and ends with the mail of what was
        shipped; without his address it is to call him now."""
        cause, later = self.env.ref("order_delivery.cause_vehicle"), fields.Datetime.now() + timedelta(days=5)
        for address in (self.customer.email, False):
            self.customer.email = address
            notice = self._notice()
            for arrival in (later, later + timedelta(days=3)):
                notice.with_user(self.logistics).action_report_delay(cause, "The truck broke down", later, arrival)
                told = notice.sudo().activity_ids
                self.assertEqual(told.user_id, self.seller)
                self.assertIn(str(self.company._get_day(arrival)), told.summary)
            self._ship(notice)
            notice.sudo()._follow()
            if address:
                self.assertFalse(notice.sudo().activity_search(["order_delivery.mail_activity_type_tell"]))
            else:
                self.assertIn("has left", told.summary)

    def test_customer_without_address_is_called(self):
        """DLV-5: sales has a to-do; the call is noted by the salesperson or the desk, by nobody else."""
        self.customer.email = False
        notice = self._shipped()
        self.assertFalse(notice.informed_on)
        self.assertEqual(notice.sudo().activity_ids.user_id, self.seller)
        with self.assertRaises(AccessError):
            notice.with_user(self.store).action_customer_told()
        notice.with_user(self.seller).action_customer_told()
        self.assertTrue(notice.informed_on)
        self.assertFalse(notice.sudo().activity_ids)

    def test_who_answers_has_left_the_house(self):
        """DLV-5, DLV-7: salesperson and order desk are archived: whoever of the desk is still there calls the customer,
        and hears what the site reports."""
        self.customer.email = False
        notice = self._notice()
        self._ship(notice)
        (self.seller | self.desk).active = False
        notice.sudo()._follow()
        notice.sudo().crate_ids._answer({
            "signer": "Mr. Wang", "signature": DRAWING, "damaged": "1", "text": "The door is bent"})
        asked = notice.sudo().activity_ids
        self.assertEqual(len(asked), 2)
        self.assertTrue(all(asked.mapped("user_id.active")))
        self.assertLessEqual(asked.user_id, self.company._get_delivery_people("order_delivery.group_delivery_desk"))

    def test_more_than_the_notice_says_stays(self):
        """DLV-1: too much, something else, or another product does not leave, before and after the validation."""
        notice = self._notice()
        with self.assertRaisesRegex(UserError, "says 4 .* not 5"):
            self._ship(notice, {self.cabinet: 5, self.cable: 4})
        picking = notice.sudo().picking_ids
        with self.assertRaisesRegex(UserError, "says 0 .* not 1"), self.cr.savepoint():
            self.env["stock.move"].create({
                "picking_id": picking.id, "product_id": self.cable.id, "product_uom_qty": 1,
                "location_id": picking.location_id.id, "location_dest_id": picking.location_dest_id.id})
            self._ship(notice)
        self._ship(notice)
        with self.assertRaisesRegex(UserError, "not 6"):
            picking.move_line_ids[0].quantity = 6
        picking.invalidate_recordset()
        picking.move_line_ids[0].quantity = 3
        self.assertEqual(notice.line_ids[0].quantity_shipped, 3)
        with self.assertRaisesRegex(UserError, "stands on no delivery notice"):
            self.env["stock.move.line"].create({
                "picking_id": picking.id, "product_id": self.cable.id, "quantity": 1,
                "location_id": picking.location_id.id, "location_dest_id": picking.location_dest_id.id})

    def test_missing_parts_need_the_customer(self):
        """DLV-8: less than the notice says leaves with the customer's recorded consent only, quantity by quantity, and
        somebody answers for the rest."""
        notice = self._notice()
        with self.assertRaisesRegex(UserError, "3 .* of Cable would be missing"):
            self._ship(notice, {self.cabinet: 4, self.cable: 1})
        form = Form(self.env["delivery.consent"].with_user(self.desk).with_context(
            **notice.action_consent()["context"]))
        form.person, form.note, form.owner_id = "Ms. Li", "By mail of today: cables follow", self.logistics
        with form.line_ids.edit(1) as line:
            line.quantity = 2
        form.save().action_record()
        with self.assertRaisesRegex(UserError, "3 .* of Cable would be missing"):
            self._ship(notice, {self.cabinet: 4, self.cable: 1})
        self._ship(notice, {self.cabinet: 4, self.cable: 2})
        notice.sudo()._follow()
        self.assertEqual(notice.line_ids.mapped("quantity_missing"), [0, 2])
        todo = notice.sudo().activity_ids.filtered(lambda activity: activity.user_id == self.logistics)
        self.assertIn("Cable 2 Units", todo.summary)
        rest = notice.sudo().order_id.picking_ids - notice.sudo().picking_ids
        self.assertTrue(rest.needs_delivery_notice, "what is sent later leaves by a notice of its own")

    def test_the_rest_goes_where_the_first_part_went(self):
        """DLV-8: the notice for the rest takes over what was known of the site, and once it has left whoever had to
        send it has no to-do any more."""
        site = self.env["res.partner"].create({"name": "Substation", "type": "delivery"})
        notice = self._notice(
            partner_id=site.id, place="East gate", contact_name="Mr. Zhou", contact_phone="139", packing="Crates")
        notice.action_record_consent("Ms. Li", "By mail of today", self.logistics.id, None, {notice.line_ids[1].id: 2})
        self._ship(notice, {self.cabinet: 4, self.cable: 2})
        notice.sudo()._follow()
        missing = ["order_delivery.mail_activity_type_missing"]
        self.assertTrue(notice.sudo().activity_search(missing))
        rest = notice.sudo().order_id.picking_ids - notice.sudo().picking_ids
        second = self.env["delivery.notice"].with_user(self.desk)._make(rest.with_user(self.desk))
        self.assertRecordValues(second, [{
            "partner_id": site.id, "place": "East gate", "contact_name": "Mr. Zhou", "contact_phone": "139",
            "packing": "Crates", "state": "draft"}])
        second.date_arrival = second.date_planned
        second.action_release()
        self.assertTrue(notice.sudo().activity_search(missing))
        self._ship(second)
        second.sudo()._follow()
        self.assertFalse(notice.sudo().activity_search(missing))
        self.assertIn(second.name, notice.sudo().message_ids[0].body)

    def test_the_rest_leaves_on_the_agreed_day(self):
        """DLV-8: the notice for the rest proposes the day that was agreed with the customer; a day that is over, and
        one that nobody named, proposes the transfer's."""
        today = self.company._get_today()
        for due, proposed in ((today + timedelta(days=9), today + timedelta(days=9)), (None, None)):
            notice = self._notice()
            notice.action_record_consent(
                "Ms. Li", "By mail of today", self.logistics.id, due, {notice.line_ids[1].id: 2})
            self._ship(notice, {self.cabinet: 4, self.cable: 2})
            rest = notice.sudo().order_id.picking_ids - notice.sudo().picking_ids
            second = self.env["delivery.notice"].with_user(self.desk)._make(rest.with_user(self.desk))
            self.assertEqual(second.planned_day, proposed or self.company._get_day(rest.scheduled_date))

    def test_a_rest_that_is_cancelled_ends_the_todo(self):
        """DLV-8: what was missing is not sent any more: whoever had to send it has no to-do."""
        notice = self._notice()
        notice.action_record_consent("Ms. Li", "By mail of today", self.logistics.id, None, {notice.line_ids[1].id: 2})
        self._ship(notice, {self.cabinet: 4, self.cable: 2})
        notice.sudo()._follow()
        missing = ["order_delivery.mail_activity_type_missing"]
        self.assertTrue(notice.sudo().activity_search(missing))
        rest = notice.sudo().order_id.picking_ids - notice.sudo().picking_ids
        rest.with_user(self.store).action_cancel()
        self.assertFalse(notice.sudo().activity_search(missing))
        self.assertIn("not sent any more", notice.sudo().message_ids[0].body)

    def test_what_was_repaired_goes_where_it_came_from(self):
        """DLV-1, AFT-4: the notice of what came back and is sent again asks for the site no second time."""
        notice = self._notice(place="East gate", contact_name="Mr. Zhou", contact_phone="139", packing="Crates")
        self._ship(notice)
        picking = notice.sudo().picking_ids
        for _way in range(2):
            wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
            wizard.product_return_moves[:1].quantity = 1
            picking = wizard._create_return()
            if picking.picking_type_code == "incoming":
                picking.move_ids.picked = True
                picking._action_done()
        second = self.env["delivery.notice"].with_user(self.desk)._make(picking.with_user(self.desk))
        self.assertRecordValues(second, [{
            "place": "East gate", "contact_name": "Mr. Zhou", "contact_phone": "139", "packing": "Crates"}])

    def test_the_rest_that_goes_elsewhere(self):
        """DLV-8: a rest whose transfer was given another address goes there, and asks for its site."""
        notice = self._notice(place="East gate")
        notice.action_record_consent("Ms. Li", "By mail of today", self.logistics.id, None, {notice.line_ids[1].id: 2})
        self._ship(notice, {self.cabinet: 4, self.cable: 2})
        rest = notice.sudo().order_id.picking_ids - notice.sudo().picking_ids
        rest.partner_id = self.env["res.partner"].create({"name": "Another site"})
        second = self.env["delivery.notice"].with_user(self.desk)._make(rest.with_user(self.desk))
        self.assertEqual(second.partner_id.name, "Another site")
        self.assertFalse(second.place)

    def test_consent_is_whole_or_not(self):
        """DLV-8: nobody named, no words, no owner, too much, nothing: refused."""
        notice = self._notice()
        line = notice.line_ids[0]
        words, owner = "By mail of today", self.logistics.id
        for person, note, who, quantities in (
                ("", words, owner, {line.id: 1}), ("Ms. Li", "?", owner, {line.id: 1}),
                ("Ms. Li", words, None, {line.id: 1}),
                ("Ms. Li", words, owner, {line.id: 5}), ("Ms. Li", words, owner, {line.id: -1}),
                ("Ms. Li", words, owner, {}), ("Ms. Li", words, owner, {0: 1}),
                # what comes over RPC is of any type
                (5, words, owner, {line.id: 1}), ("Ms. Li", words, "me", {line.id: 1}), ("Ms. Li", words, owner, [1]),
                ("Ms. Li", words, owner, {"x": 1}), ("Ms. Li", words, owner, {line.id: "1"}),
                ("Ms. Li", words, owner, {line.id: True}), ("Ms. Li", words, owner, {line.id: float("nan")})):
            with self.assertRaises(UserError), self.cr.savepoint():
                notice.action_record_consent(person, note, who, None, quantities)
        with self.assertRaisesRegex(UserError, "is no day"), self.cr.savepoint():
            notice.action_record_consent("Ms. Li", words, owner, "soon", {line.id: 1})
        with self.assertRaises(AccessError):
            notice.with_user(self.logistics).action_record_consent("Ms. Li", words, owner, None, {line.id: 1})

    def test_what_may_be_missing_is_seen_with_the_goods(self):
        """DLV-8: once the customer has agreed, store and guard see beside the goods how much may be missing."""
        arch = self.env.ref("order_delivery.delivery_notice_view_form")._get_combined_arch()
        column, = arch.xpath("//field[@name='line_ids']/list/field[@name='quantity_agreed']")
        self.assertFalse(column.get("optional"))
        self.assertTrue(arch.xpath("//field[@name='line_ids']/kanban//field[@name='quantity_agreed']"))
        notice = self._notice()
        line = notice.line_ids[0]
        notice.action_record_consent("Ms. Li", "By mail of today", self.logistics.id, None, {str(line.id): 1})
        self.assertEqual(line.quantity_agreed, 1)

    def test_several_transfers_leave_apart(self):
        """DLV-1: a notice of two transfers is shipped with the second; it is not withdrawn after the first."""
        order = self._order()
        for move in order.picking_ids.move_ids:
            move.quantity = 3
        order.picking_ids.action_split_transfer()
        notice = self._notice(order)
        first, second = order.picking_ids.sorted("id")
        for picking in (first, second):
            self.assertEqual(notice.state, "released")
            for move in picking.move_ids:
                move.quantity, move.picked = move.product_uom_qty, True
            picking.with_user(self.store).button_validate()
            if picking == first:
                with self.assertRaisesRegex(UserError, "has left already"):
                    notice.action_withdraw("Another gate")
        self.assertEqual(notice.state, "shipped")

    def test_rest_is_cancelled(self):
        """DLV-1: one transfer of a notice has left, the other is cancelled: the notice is shipped, and does not wait
        for ever."""
        order = self._order()
        for move in order.picking_ids.move_ids:
            move.quantity = 3
        order.picking_ids.action_split_transfer()
        notice = self._notice(order)
        first, second = order.picking_ids.sorted("id")
        for move in first.move_ids:
            move.quantity, move.picked = move.product_uom_qty, True
        first.with_user(self.store).button_validate()
        self.assertEqual(notice.state, "released")
        second.with_user(self.store).action_cancel()
        self.assertEqual(notice.state, "shipped")
        self.assertTrue(notice.sudo().is_to_follow)

    def test_scrap_after_delivery(self):
        """DLV-1: goods that are scrapped of a delivery leave to nobody: no notice is asked for."""
        notice = self._shipped()
        picking = notice.sudo().picking_ids
        scrap = self.env["stock.scrap"].with_user(self.store).create({
            "product_id": self.cable.id, "scrap_qty": 1, "picking_id": picking.id})
        self.assertTrue(scrap.action_validate())
        self.assertEqual(scrap.state, "done")
        self.assertEqual(notice.line_ids.mapped("quantity_shipped"), [4, 4])

    def test_returned_delivery(self):
        """DLV-1: goods that come back need no notice; the notice says what has left."""
        notice = self._shipped()
        picking = notice.sudo().picking_ids
        wizard = self.env["stock.return.picking"].with_context(
            active_id=picking.id, active_ids=picking.ids, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.button_validate()
        self.assertEqual(back.state, "done")
        self.assertFalse(back.delivery_notice_id)
        self.assertEqual(notice.line_ids.mapped("quantity_shipped"), [4, 4])

    def test_signed_paper_is_filed(self):
        """DLV-3: the scanned receipt, who signed it, and when; it is sealed, and then the notice is closed for good."""
        notice = self._shipped().with_user(self.logistics)
        paper = self.env["ir.attachment"].with_user(self.logistics).create({"name": "receipt.png", "raw": PNG})
        today = fields.Date.today()
        for files, who, day in ((None, "Mr. Wang", today), (paper, " ", today), (paper, "Mr. Wang", None),
                                (paper, "Mr. Wang", "2099-01-01"), (paper, "Mr. Wang", "2000-01-01")):
            with self.assertRaises(UserError):
                notice.action_register_receipt(files, who, day)
        with self.assertRaises(AccessError):
            notice.with_user(self.store).action_register_receipt(paper, "Mr. Wang", today)
        self.env["delivery.receipt"].with_user(self.logistics).create({
            "notice_id": notice.id, "signed_by": "Mr. Wang", "signed_on": today,
            "attachment_ids": [Command.set(paper.ids)]}).action_register()
        self.assertEqual((notice.state, notice.signed_by), ("signed", "Mr. Wang"))
        with self.assertRaisesRegex(UserError, "has signed"):
            notice.sudo().picking_ids.move_line_ids[0].quantity -= 1
        with self.assertRaises(UserError):
            notice.sudo().receipt_ids.unlink()
        notice.with_user(self.desk).action_close()
        with self.assertRaises(UserError):
            notice.sudo().waybill = "SF-2"

    def test_failure_holds_up_nobody(self):
        """DLV-5: what follows one notice fails; the goods have left all the same, the others are done, it is tried
        again."""
        bad, good = self._notice(), self._notice()
        self._ship(bad)
        self._ship(good)
        self.env.ref("order_delivery.mail_template_shipped").body_html = (
            f"<t t-if=\"object.id == {bad.id}\" t-out=\"object.no_such_field\"/>")
        with self.assertLogs("odoo.addons.order_delivery.models.delivery_notice_follow", "ERROR"):
            self._run_job()
        self.assertEqual((bad.sudo().is_to_follow, good.sudo().is_to_follow), (True, False))
        self.assertEqual(bad.state, "shipped")

    def test_clocks_of_one_hold_up_nobody(self):
        """DLV-5, SLA-1: what was left for later fails for one notice; the clocks of the others are looked at."""
        bad, good = self._notice().sudo(), self._notice().sudo()
        self._ship(bad)
        self._ship(good)
        evaluate = type(bad)._sla_evaluate_written

        def fail_for_one(notices, names):
            if bad in notices:
                raise ValueError("no clock")
            return evaluate(notices, names)

        with patch.object(type(bad), "_sla_evaluate_written", fail_for_one), \
                self.assertLogs("odoo.addons.order_delivery.models.delivery_notice_follow", "ERROR"):
            self._run_job()
        self.assertEqual((bool(bad.clocks_on), bool(good.clocks_on)), (True, False))
        self.assertEqual((bad.is_to_follow, good.is_to_follow), (True, False))

    def test_crates_are_the_packages(self):
        """DLV-2, DLV-3: a crate for each package, the outer one where boxes stand in it, one for what has none; labels
        before the goods leave."""
        notice = self._notice()
        picking = notice.sudo().picking_ids
        outer = self.env["stock.package"].create({"name": "CRATE-1"})
        inner = self.env["stock.package"].create({"name": "BOX-1", "package_dest_id": outer.id})
        picking.move_line_ids.filtered(lambda row: row.product_id == self.cabinet).result_package_id = inner
        with self.assertRaises(AccessError):
            notice.with_user(self.clerk).action_print_labels()
        self.assertEqual([name for name, _rows in notice._get_packing_list()], ["-", "CRATE-1"], "before the labels")
        notice.with_user(self.store).action_print_labels()
        self.assertEqual(notice.sudo().crate_ids.package_id, outer)
        self.assertRecordValues(notice.sudo().crate_ids, [
            {"number": 1, "content_text": "Cable 4 Units"}, {"number": 2, "content_text": "Cabinet KYN28 4 Units"}])
        self.assertEqual([(name, [row["name"] for row in rows]) for name, rows in notice._get_packing_list()], [
            (f"{notice.name}-1", ["Cable"]), (f"{notice.name}-2 (CRATE-1)", ["Cabinet KYN28"])])
        picking.move_line_ids.result_package_id = outer
        notice.with_user(self.store).action_print_labels()
        self.assertEqual(len(notice.sudo().crate_ids), 1)
        with self.assertRaises(AccessError):
            notice.sudo().crate_ids.with_user(self.desk).read(["token"])
