from email.message import EmailMessage
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MockEmail

from .common import PNG, AftersalesCommon

WANG = '"Wang" <wang@power.example>'


class MailCommon(MockEmail, AftersalesCommon):
    """A desk with an address, and a gateway that takes real messages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = cls.env["mail.alias.domain"].create({
            "name": "plant.example", "bounce_alias": "bounce", "catchall_alias": "catchall",
            "default_from": "notifications"})
        cls.company.alias_domain_id = cls.domain
        cls.desk.alias_domain_id = cls.domain
        cls.address = "service@plant.example"
        cls.env["mail.gateway.allowed"].search([]).unlink()
        cls.number = 0

    def _follow(self):
        """The job within a minute."""
        with patch.object(self.registry["ir.cron"], "_commit_progress", return_value=60.0):  # a test commits nothing
            self.env["service.request"]._cron_follow()

    @mute_logger("odoo.addons.mail.models.mail_thread", "odoo.addons.mail.models.mail_mail", "odoo.models.unlink")
    def _receive(self, subject="Breaker does not close", sender=WANG, to=None, text="Since this morning.", files=(),
                 **heads):
        """A real message comes in through the gateway.

        :return: service.request that it has made, empty where it has made none
        """
        type(self).number += 1
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, to or self.address, subject
        message["Message-Id"] = f"<{self.number}@power.example>"
        for name, value in heads.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        for name, content in files:
            message.add_attachment(content, maintype="image", subtype="png", filename=name)
        last = self.env["service.request"].search([], limit=1, order="id desc").id or 0
        with self.mock_mail_gateway():
            self.env["mail.thread"].message_process(False, message.as_bytes())
            self._follow()
            self.env.flush_all()
            self.mails = list(self._new_mails)
        return self.env["service.request"].search([("id", ">", last)])


@tagged("-at_install", "post_install")
class TestMail(MailCommon):
    def _words(self, request):
        return request.message_ids.filtered(lambda message: message.message_type in ("email", "auto_comment"))

    def test_mail_becomes_a_request(self):
        """AFT-1: numbered, with customer, words, photos and the address; the desk hands it over, its clocks run, and
        the customer gets the number, from the address he wrote to."""
        request = self._receive(files=[("e04.png", PNG)])
        self.assertRegex(request.name, r"^SR\d{4}-\d{5}$")
        self.assertRecordValues(request, [{
            "subject": "Breaker does not close", "description": "Since this morning.", "source": "mail",
            "partner_id": self.contact.id, "email_normalized": "wang@power.example", "reached_at": self.address,
            "desk_id": self.desk.id, "dispatcher_id": self.head.id, "state": "new"}])
        self.assertEqual(request._get_own_files().mapped("name"), ["e04.png"])
        self.assertEqual(self._asked(request), [(self.head, "hand_over")])
        self.assertEqual(
            set(request.sla_clock_ids.policy_id.mapped("code")),
            {"sla_policy_service_handover", "sla_policy_service_solution"})
        [mail] = [mail for mail in self.mails if mail.email_to]
        self.assertEqual(mail.email_to, "wang@power.example")
        self.assertIn(request.name, mail.subject)
        self.assertIn(self.address, mail.email_from)
        self.assertIn(self.address, mail.reply_to)
        self.assertIn("auto-replied", mail.headers)

    def test_failure_holds_up_nobody(self):
        """AFT-1, ARC-6: an answer that cannot be made holds up no other, and is tried again; once, however often the
        job runs."""
        with patch.object(type(self), "_follow", lambda case: None):
            bad, good = self._receive("Bad"), self._receive("Good", sender="office@water.example")
        self.assertFalse((bad | good).activity_ids)
        self.assertTrue(bad.sla_clock_ids and good.sla_clock_ids, "the clocks run at once")
        template = self.env.ref("aftersales.mail_template_received")
        words = template.body_html
        template.body_html = f"<t t-if=\"object.id == {bad.id}\" t-out=\"object.no_such_field\"/>"
        sent = [("model", "=", "service.request"), ("res_id", "in", (bad | good).ids), ("email_to", "!=", False)]
        with self.assertLogs("odoo.addons.aftersales.models.service_request_follow", "ERROR"):
            self._follow()
        self.assertEqual((bad.is_to_follow, good.is_to_follow), (True, False))
        self.assertEqual(self.env["mail.mail"].search(sent).mapped("res_id"), good.ids)
        template.body_html = words
        self._follow()
        self._follow()
        self.assertEqual(len(self.env["mail.mail"].search(sent)), 2)
        self.assertEqual([self._asked(request) for request in (bad, good)], [[(self.head, "hand_over")]] * 2)

    def test_unknown_sender(self):
        """AFT-1: an address that nobody knows makes a request without a customer, and no contact."""
        before = self.env["res.partner"].search_count([])
        request = self._receive(sender='"Somebody" <new@elsewhere.example>')
        self.assertRecordValues(request, [{
            "partner_id": False, "contact_name": "Somebody", "email_normalized": "new@elsewhere.example"}])
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_reply_lands_on_its_request(self):
        """AFT-1: what answers our mail lands on the request."""
        request = self._receive()
        head = {"In_Reply_To": self.mails[0].message_id, "References": self.mails[0].message_id}
        self.assertFalse(self._receive(subject="Re: your request", text="It is E04.", **head))
        self.assertIn("It is E04.", self._words(request)[0].body)

    def test_colleague_without_heads(self):
        """AFT-1: a colleague's phone strips the heads: the number in the subject brings it to the request; not for a
        stranger who has guessed the number, and not to what is closed."""
        request = self._receive()
        subject = f"AW: [{request.name}] Breaker does not close"
        self.assertFalse(self._receive(subject, sender="li@power.example", text="Come before noon."))
        self.assertIn("Come before noon.", self._words(request)[0].body)
        self.assertFalse(self._receive(subject.lower(), sender=self.engineer.email_formatted))
        guessed = self._receive(subject, sender="new@elsewhere.example")
        self.assertTrue(guessed)
        request.with_user(self.head).cancel_reason = "Solved by himself"
        request.with_user(self.head).action_cancel()
        self.assertTrue(self._receive(subject, sender="li@power.example"))

    def test_public_mailbox_is_no_company(self):
        """AFT-1: people of one mail provider are no colleagues."""
        request = self._receive(sender="wang@qq.com")
        self.assertTrue(self._receive(f"[{request.name}] Other", sender="someone@qq.com"))
        self.assertFalse(self._receive(f"[{request.name}] Same", sender="wang@qq.com"))

    def test_automatic_answers_make_nothing(self):
        """AFT-1: out of office, bounces and newsletters make no request and get no answer."""
        for heads in ({"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"X_Autoreply": "yes"},
                      {"Return_Path": "<>"}):
            with self.subTest(heads):
                self.assertFalse(self._receive("Re: offer", **heads))
                self.assertFalse(self.mails)
        for subject in ("Automatic reply: offer", "自动回复：报价", "Out of office: back on Monday"):
            with self.subTest(subject):
                self.assertFalse(self._receive(subject))
        self.assertFalse(self._receive("Undelivered Mail Returned to Sender", sender="MAILER-DAEMON@power.example"))
        self.assertFalse(self.mails, "a mail server is not answered")
        self.assertTrue(self._receive("The office is out of power", Auto_Submitted="no"))

    def test_out_of_office_opens_nothing_again(self):
        """AFT-2: an automatic answer to what is solved is kept, and opens nothing; a person's answer does."""
        request = self._receive()
        request.with_user(self.engineer).action_take()
        self._call(request)
        request.with_user(self.engineer).solution = "The motor was replaced."
        request.with_user(self.engineer).action_solve()
        first = self.env["mail.message"].search([("model", "=", request._name), ("res_id", "=", request.id), (
            "message_id", "!=", False)], limit=1).message_id
        self._receive("Re: solved", References=first, Auto_Submitted="auto-replied", text="On holiday.")
        self.assertEqual(request.state, "solved")
        self.assertIn("On holiday.", self._words(request)[0].body)
        self.assertFalse(self._receive("Re: solved", References=first, text="It trips again."))
        self.assertEqual(request.state, "in_progress")
        self.assertEqual(self._asked(request), [(self.engineer, "solve")])

    def test_flood_is_bundled(self):
        """AFT-1: what somebody sends after three requests in an hour is added to his last one; others are not
        held up."""
        made = [self._receive(f"Alarm {number}") for number in range(5)]
        self.assertEqual([bool(request) for request in made], [True, True, True, False, False])
        self.assertEqual(len(self._words(made[2])), 3)
        self.assertTrue(self._receive(sender="office@water.example"))

    def test_loop_is_cut(self):
        """AFT-1: Odoo's own protection holds: a sender of many requests is not answered for ever."""
        self.desk.flood_limit = 1000
        self.env["ir.config_parameter"].set_param("mail.gateway.loop.threshold", 3)
        made = [self._receive(f"Alarm {number}") for number in range(5)]
        self.assertEqual(sum(bool(request) for request in made), 3)

    def test_two_desks_one_request(self):
        """AFT-1: a mail to two desks makes one request, at the first of them."""
        south = self.env["service.desk"].create({
            "name": "South", "company_id": self.company.id, "alias_name": "south", "alias_domain_id": self.domain.id})
        request = self._receive(to=f"south@plant.example, {self.address}")
        self.assertEqual(len(request), 1)
        self.assertEqual(request.desk_id, self.desk)
        self.assertEqual(self._receive("Other", to="south@plant.example").desk_id, south)

    def test_message_is_a_contact(self):
        """AFT-2: a message of after-sales to the customer proves the contact, and leaves from the address that he wrote
        to; a note, and a message of sales, prove nothing."""
        request = self._receive()
        request.with_user(self.engineer).action_take()
        self.assertFalse(request.contacted_on)
        with self.mock_mail_gateway():
            request.with_user(self.engineer).message_post(body="A note", message_type="comment")
            self.seller.group_ids |= self.env.ref("sales_team.group_sale_salesman_all_leads")
            request.with_user(self.seller).message_post(
                body="We are on it", message_type="comment", subtype_xmlid="mail.mt_comment",
                partner_ids=self.contact.ids)
            self.assertEqual(request.state, "new")
            request.with_user(self.engineer).message_post(
                body="Is the spring charged?", message_type="comment", subtype_xmlid="mail.mt_comment",
                partner_ids=self.contact.ids)
            mails = self._new_mails.filtered(lambda mail: "spring" in mail.body_html)
        self.assertRecordValues(request.contact_ids, [{
            "kind": "message", "user_id": self.engineer.id, "person": "Mr. Wang"}])
        self.assertEqual(request.state, "contacted")
        self.assertIn(self.contact, mails.recipient_ids)
        for mail in mails:
            self.assertIn(self.address, mail.email_from)
            self.assertIn(self.address, mail.reply_to)
            self.assertIn(request.name, mail.subject)

    def test_answer_from_the_address_written_to(self):
        """AFT-1: a desk with two domains answers from the one that the customer knows."""
        self.env["mail.alias.domain"].create({
            "name": "switchgear.example", "bounce_alias": "bounce", "catchall_alias": "catchall"})
        self.desk.alias_incoming_local = True
        request = self._receive(to="service@switchgear.example")
        self.assertEqual(request.reached_at, "service@switchgear.example")
        self.assertIn("service@switchgear.example", self.mails[0].email_from)
        both = self._receive("Other", to="service@switchgear.example, service@plant.example")
        self.assertEqual(both.reached_at, self.address)
