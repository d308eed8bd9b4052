from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import PNG, AftersalesCommon


@tagged("-at_install", "post_install")
class TestRequest(AftersalesCommon):
    def test_todos_of_an_archived_engineer(self):
        """AFT-1: of an engineer who is archived the to-dos are those of whoever hands requests over, who names
        another; none is lost."""
        requests = self._handed() | self._contacted()
        engineer = requests.user_id
        self.assertEqual(len(engineer), 1)
        engineer.with_env(self.env).action_archive()
        next_one = requests.desk_id._get_dispatcher()
        self.assertTrue(next_one and next_one != engineer)
        for request in requests.sudo():
            self.assertEqual(request.activity_ids.filtered(lambda todo: not todo.sla_clock_id).user_id, next_one)

    def test_from_sales_to_after_sales(self):
        """AFT-1: sales takes the request down from the order and hands it over; the engineer has one to-do."""
        action = self.order.with_user(self.seller).action_new_service_request()
        with Form(self.env["service.request"].with_user(self.seller).with_context(**action["context"])) as form:
            self.assertEqual(form.partner_id, self.customer)
            form.subject = "Breaker does not close"
        request = form.record
        self.assertRegex(request.name, r"^SR\d{4}-\d{5}$")
        self.assertRecordValues(request, [{
            "source": "sales", "state": "new", "dispatcher_id": self.seller.id, "order_id": self.order.id,
            "department_id": self.department.id, "email": "office@power.example"}])
        self.assertEqual(self._asked(request), [(self.seller, "hand_over")])
        request.action_hand_over()
        self.assertRecordValues(request, [{"user_id": self.head.id, "handed_by": self.seller.id}])
        self.assertEqual(self._asked(request), [(self.head, "contact")])
        with self.assertRaisesRegex(UserError, "handed over already"):
            request.action_hand_over()

    def test_engineer_who_has_left(self):
        """AFT-1: nothing is handed over to somebody who has left, or who works for another company; somebody else takes
        it."""
        sister = self.env["res.company"].create({"name": "Sister Works"})
        other = self._person("other", self.department)
        other.write({"company_ids": [Command.set(sister.ids)], "company_id": sister.id})
        with self.assertRaisesRegex(UserError, "Name another engineer"):
            self._request(user_id=other.id)
        request = self._request(user_id=self.colleague.id)
        self.colleague.active = False
        with self.assertRaises(UserError) as refused:  # undone as a whole, as for a person
            request.action_hand_over()
        self.assertIn("works here no more", str(refused.exception))
        self.assertFalse(request.handed_on)
        request.with_user(self.engineer).action_take()
        self.assertEqual((request.user_id, self._asked(request)), (self.engineer, [(self.engineer, "contact")]))

    def test_call_taken_by_after_sales(self):
        """AFT-1: who takes the call is after-sales: nothing has to be handed over."""
        action = self.customer.with_user(self.engineer).action_new_service_request()
        request = self.env["service.request"].with_user(self.engineer).with_context(**action["context"]).create({
            "subject": "Relay shows E04"})
        self.assertRecordValues(request, [{
            "source": "phone", "user_id": self.engineer.id, "handed_by": self.engineer.id, "state": "new"}])
        self.assertEqual(self._asked(request), [(self.engineer, "contact")])

    def test_new_call_offers_no_hand_over(self):
        """AFT-1: a call that after-sales takes is handed over when it is saved: its new form has no such button, which
        could only refuse; sales, and after-sales for a request that came by another way, have it."""
        new = {"state": "new", "handed_on": False, "id": False, "source": "phone"}
        for user, values, shown in (
                (self.engineer, new, False), (self.engineer, new | {"id": 1, "source": "mail"}, True),
                (self.seller, new | {"source": "sales"}, True)):
            arch = self.env["service.request"].with_user(user).get_view(view_type="form")["arch"]
            buttons = etree.fromstring(arch).xpath("//header/button[@name='action_hand_over']")
            self.assertEqual([not safe_eval(button.get("invisible"), values) for button in buttons], [shown])

    def test_board_has_its_columns(self):
        """AFT-2: the board shows the open states in the order of the way, also where nothing is in them; others only
        where something is."""
        self._solved()
        requests = self.env["service.request"].with_user(self.engineer).with_context(read_group_expand=True)
        mine = [("lot_id", "=", False), ("user_id", "=", self.engineer.id)]
        groups = requests.formatted_read_group(mine, ["state"], ["__count"])
        self.assertEqual([group["state"] for group in groups], ["new", "contacted", "in_progress", "solved"])

    def test_another_customer_has_another_contact(self):
        """AFT-1: corrected to another customer, nobody of the former one is called or written to: neither in the form
        before it is saved nor later; the caller whom somebody has typed stays, and so does who has written a mail."""
        with Form(self.env["service.request"].with_user(self.engineer)) as form:
            form.subject, form.partner_id = "Breaker does not close", self.contact
            self.assertEqual((form.contact_name, form.email), ("Mr. Wang", "wang@power.example"))
            form.partner_id = self.stranger
            self.assertEqual((form.contact_name, form.email, form.phone), (False, "office@water.example", False))
        request = form.record
        request.partner_id = self.contact
        self.assertRecordValues(request, [
            {"contact_name": "Mr. Wang", "email": "wang@power.example", "phone": "13800000000"}])
        request.phone = "13811112222"
        request.partner_id = self.stranger
        self.assertRecordValues(request, [
            {"contact_name": False, "email": "office@water.example", "phone": "13811112222"}])
        mailed = self.env["service.request"].create({
            "subject": "Breaker", "source": "mail", "partner_id": self.contact.id, "email": "wang@power.example"})
        mailed.partner_id = self.stranger
        self.assertEqual(mailed.email, "wang@power.example")

    def test_contact_is_proven_by_a_call(self):
        """AFT-2: the state follows from a logged call, no button sets it; an attempt that reached nobody proves
        nothing."""
        request = self._handed()
        with self.assertRaises(AccessError):
            request.state = "contacted"
        with self.assertRaisesRegex(UserError, "what was said"):
            self._call(request, note="...")
        for moment in (fields.Datetime.add(fields.Datetime.now(), hours=1),
                       fields.Datetime.subtract(request.received_on, hours=1)):
            with self.assertRaisesRegex(UserError, "between the moment"):
                self._call(request, moment=moment)
        self._call(request, is_reached=False, note=False)
        self.assertEqual(request.state, "new")
        self._call(request, person="Mr. Wang")
        self.assertRecordValues(request, [{
            "state": "contacted", "contacted_on": request.contact_ids[-1].moment, "user_id": self.engineer.id}])
        self.assertEqual(request.contact_ids.mapped("is_reached"), [False, True])
        self.assertEqual(self._asked(request), [(self.engineer, "solve")])

    def test_contact_is_kept_as_it_was(self):
        """AFT-2: nobody writes a contact by hand, or deletes one."""
        contact = self._contacted().contact_ids
        with self.assertRaises(AccessError):
            contact.note = "Something else"
        with self.assertRaises(UserError):
            contact.sudo().note = "Something else"
        with self.assertRaises(UserError):
            contact.sudo().unlink()

    def test_solved_and_closed(self):
        """AFT-2: solved with what was done, closed for good; its papers are sealed."""
        request = self._contacted()
        request.action_start()
        with self.assertRaisesRegex(UserError, "what was done"):
            request.action_solve()
        request.solution = "The motor of the spring was replaced."
        request.action_solve()
        self.assertEqual(self._asked(request), [])
        paper = self.env["ir.attachment"].create({
            "name": "a.png", "raw": PNG, "res_model": request._name, "res_id": request.id})
        request.action_reopen()
        self.assertRecordValues(request, [{"state": "in_progress", "solved_on": False}])
        request.action_solve()
        request.action_close()
        self.assertTrue(paper.document_sealed)
        for values in ({"subject": "Other"}, {"solution": "Other"}, {"state": "new"}):
            with self.assertRaises(UserError):
                request.sudo().write(values)

    def test_visit_has_to_take_place(self):
        """AFT-3: what needs somebody on site is not solved before somebody has arrived."""
        request = self._contacted(needs_visit=True)
        request.solution = "Replaced on site."
        with self.assertRaisesRegex(UserError, "nobody has arrived"):
            request.action_solve()
        request.action_arrive()
        self.assertTrue(request.on_site_on)
        with self.assertRaisesRegex(UserError, "noted already"):
            request.action_arrive()
        request.action_solve()
        other = self._contacted()
        with self.assertRaisesRegex(UserError, "On Site"):
            other.action_arrive()

    def test_cancelled_with_a_reason(self):
        """AFT-1: what is no request is cancelled with the reason, by who has received it, and asks nobody."""
        request = self._request()
        with self.assertRaisesRegex(UserError, "why it is cancelled"):
            request.action_cancel()
        request.cancel_reason = "Sent twice"
        request.action_cancel()
        self.assertEqual((request.state, self._asked(request)), ("cancelled", []))

    def test_reassigned(self):
        """AFT-2: another engineer is asked in the first one's place."""
        request = self._handed()
        request.user_id = self.colleague
        self.assertEqual(self._asked(request), [(self.colleague, "contact")])

    def test_printed_form(self):
        """RPT-1: 用户服务、质量信息反馈接受单 says who asks, of what, who was called and what was done."""
        request = self._solved(lot_id=self.lot.id)
        html = str(self.env["ir.qweb"].with_context(lang="en_US")._render("aftersales.report_service_request", {
            "docs": request, "doc_ids": request.ids, "doc_model": request._name, "web_base_url": ""}))
        for words in (request.name, "Power Station", "KYN28-0001", "The spring is not charged.",
                      "The motor of the spring was replaced.", "Breaker does not close"):
            self.assertIn(words, html)

    def test_company_without_a_desk(self):
        """AFT-1: a company without a desk is told where to make one."""
        other = self.env["res.company"].create({"name": "Other"})
        self.seller.company_ids = [Command.link(other.id)]
        with self.assertRaisesRegex(UserError, "has no after-sales desk"):
            self.env["service.request"].with_user(self.seller).with_company(other).create({"subject": "Relay"})
