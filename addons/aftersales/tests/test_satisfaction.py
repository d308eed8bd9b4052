import re
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import AftersalesCommon


class SatisfactionCommon(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "plant@plant.example"
        cls.company.resource_calendar_id.tz = "UTC"

    def _closed(self, **values):
        request = self._solved(**values)
        request.action_close()
        return request

    def _rate(self, asked, rate, feedback=None):
        """What the page of the links does."""
        asked = asked.sudo()
        token = asked._rating_get_access_token()
        rating = self.env["rating.rating"].search([("access_token", "=", token)])
        return asked.rating_apply(rate, rating=rating, feedback=feedback)


@tagged("-at_install", "post_install")
class TestSatisfaction(SatisfactionCommon):
    def test_asked_once_when_closed(self):
        """AFT-6: the customer is asked once, when his request is closed, by a mail with Odoo's own links that no robot
        answers; never when cancelled."""
        request = self._solved()
        self.assertFalse(request.satisfaction_ids)
        request.action_close()
        asked = request.satisfaction_ids
        self.assertRecordValues(asked, [{
            "state": "asked", "partner_id": self.customer.id, "user_id": self.engineer.id, "desk_id": self.desk.id,
            "email": "office@power.example", "score": 0, "department_id": self.department.id}])
        mail = self.env["mail.mail"].sudo().search([("model", "=", asked._name), ("res_id", "=", asked.id)])
        self.assertEqual(len(mail), 1)
        for rate in (1, 3, 5):
            self.assertIn(f"/rate/{asked.sudo()._rating_get_access_token()}/{rate}", mail.body_html)
        self.assertIn("auto-replied", mail.headers)
        self.desk.ask_when = "solved"
        again = self._solved()
        self.assertEqual(len(again.satisfaction_ids), 1)
        again.action_reopen()
        again.action_solve()
        again.action_close()
        self.assertEqual(len(again.satisfaction_ids), 1)

    def test_who_is_not_asked(self):
        """AFT-6: nobody asks a program, an address of our own, one that wants no mails, or where there is none; the
        request is closed all the same."""
        self.env["mail.blacklist"].create({"email": "silent@power.example"})
        address = self.desk.alias_email or "service@plant.example"
        if not self.desk.alias_email:
            self.desk.alias_name = "service"
            address = self.desk.alias_email
        for email in ("no-reply@power.example", "MAILER-DAEMON@power.example", "silent@power.example", address, False):
            request = self._solved()
            request.sudo().email = email
            request.action_close()
            self.assertFalse(request.satisfaction_ids, email)
            self.assertEqual(request.state, "closed")

    def test_unhappy_is_followed_up(self):
        """AFT-6: the head gets a to-do with a due date and a clock; what the customer was told is recorded, and
        stays."""
        asked = self._closed().satisfaction_ids
        with freeze_time(datetime(2026, 11, 4, 9, 0)):
            self._rate(asked, 1, "Nobody cleaned up.")
            self.assertRecordValues(asked, [{
                "state": "low", "score": 1, "feedback": "Nobody cleaned up.", "follower_id": self.head.id}])
            self.assertEqual(asked.sla_deadline, datetime(2026, 11, 6, 9, 0))
        todo = asked.sudo().activity_ids
        self.assertRecordValues(todo, [{"user_id": self.head.id, "date_deadline": datetime(2026, 11, 6).date()}])
        self.assertEqual(asked.request_id.state, "closed")
        mine = asked.with_user(self.head)
        with self.assertRaisesRegex(UserError, "what the customer was told"):
            mine.action_follow_up()
        with self.assertRaises(AccessError):
            asked.with_user(self.engineer).follow_up = "All is well now."
        mine.follow_up = "Called, apologised, sent a cleaner."
        with self.assertRaises(AccessError):
            asked.with_user(self.engineer).action_follow_up()
        mine.action_follow_up()
        self.assertRecordValues(asked, [{"state": "followed", "followed_by": self.head.id, "sla_state": "none"}])
        self.assertFalse(asked.sudo().activity_ids)
        with self.assertRaises(UserError):
            asked.sudo().follow_up = "Nothing"
        self._rate(asked, 5)  # too late to change it
        self.assertRecordValues(asked, [{"state": "followed", "score": 1}])

    def test_happy_asks_nobody(self):
        """AFT-6, AFT-2: who is content asks nobody, and opens nothing again; who changes his mind takes the to-do
        back; where neutral answers are followed up, too, they are."""
        self.desk.ask_when = "solved"
        request = self._solved()
        asked = request.satisfaction_ids
        self._rate(asked, 5, "Thank you")
        self.assertEqual((request.state, asked.state, asked.sudo().activity_ids.ids), ("solved", "answered", []))
        self._rate(asked, 1)
        self.assertEqual(len(asked.sudo().activity_ids), 1)
        self._rate(asked, 3)
        self.assertEqual((asked.state, asked.score, asked.sudo().activity_ids.ids), ("answered", 3, []))
        self.desk.low_score = "3"
        self._rate(asked, 3)
        self.assertEqual(asked.state, "low")

    def test_only_the_customer_answers(self):
        """AFT-6: nobody of ours gives an answer in the customer's place, asks by hand, or deletes one."""
        asked = self._closed().satisfaction_ids
        for user in (self.engineer, self.head):
            with self.assertRaises(AccessError):
                asked.with_user(user).rating_apply(5, token=asked.sudo()._rating_get_access_token())
            with self.assertRaises(AccessError):
                asked.with_user(user).score = 5
            with self.assertRaises(AccessError):
                asked.with_user(user).unlink()
            with self.assertRaises(AccessError):
                self.env["service.satisfaction"].with_user(user).create({
                    "name": "x", "email": "a@b.example", "occasion": "service", "desk_id": self.desk.id,
                    "company_id": self.company.id})

    def test_average_is_of_the_answers(self):
        """AFT-6: figures by team and month take those who have answered only."""
        first, second, _silent = (self._closed().satisfaction_ids for _number in range(3))
        self._rate(first, 5)
        self._rate(second, 3)
        rows = self.env["service.satisfaction"].with_user(self.head)._read_group(
            [("desk_id", "=", self.desk.id)], ["desk_id"], ["score:avg", "__count"])
        self.assertEqual(rows, [(self.desk, 4, 3)])

    def test_asked_after_delivery(self):
        """AFT-6: another addon asks after a delivery by the same way."""
        asked = self.env["service.satisfaction"]._ask(
            "office@power.example", self.desk, "delivery", name="WH/OUT/00007", order_id=self.order.id,
            partner_id=self.customer.id)
        self._rate(asked, 1)
        self.assertRecordValues(asked, [{"state": "low", "order_id": self.order.id, "request_id": False}])
        self.assertIn("WH/OUT/00007", asked.activity_ids.summary)

    def test_who_sees_an_answer(self):
        """ARC-5: after-sales sees all, the general manager what was brought to him, sales and others none."""
        asked = self._closed().satisfaction_ids
        self._rate(asked, 1)

        def sees(user):
            return asked in self.env["service.satisfaction"].with_user(user).search([])
        self.assertEqual([sees(user) for user in (self.head, self.colleague, self.general, self.seller)],
                         [True, True, True, False])


@tagged("-at_install", "post_install")
class TestSatisfactionPage(SatisfactionCommon, HttpCase):
    def test_customer_answers_by_the_link(self):
        """AFT-6: the links of the mail open Odoo's page; opening it (mail scanners do) says nothing, sending does."""
        asked = self._closed().satisfaction_ids
        token = asked.sudo()._rating_get_access_token()
        page = self.url_open(f"/rate/{token}/1")
        key = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
        self.assertEqual(asked.state, "asked")
        answer = self.url_open(f"/rate/{token}/submit_feedback", data={
            "rate": 1, "feedback": "Too late", "csrf_token": key[1]})
        self.assertEqual(answer.status_code, 200)
        self.assertRecordValues(asked, [{"state": "low", "score": 1, "feedback": "Too late"}])
        self.assertLess(fields.Datetime.now() - asked.answered_on, timedelta(minutes=1))
