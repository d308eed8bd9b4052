import base64
import io

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.order_review.tests.common import PICTURE

from .common import OrderChangeCommon


@tagged("-at_install", "post_install")
class TestCountersignature(OrderChangeCommon):

    def test_who_has_to_sign(self):
        """CHG-5, CHG-7: what costs more or comes later, and what we ask for of what was agreed."""
        for lines, values, needed in (
                ([self._quantity(8)], {}, False), ([self._price(90)], {}, False), ([self._price(110)], {}, True),
                ([self._date(5)], {}, True), ([self._date(-5)], {}, False), ([self._text()], {}, False),
                ([self._text()], {"source": "engineering"}, True), ([self._quantity(8)], {"source": "workshop"}, True),
                ([{"kind": "design", "text": "M10"}], {"source": "workshop"}, False)):
            with self.subTest(lines=[line["kind"] for line in lines], **values):
                change = self._change(*lines, **values)
                change.action_compute_impact()
                self.assertEqual(change.customer_required, needed)

    def test_signed_on_paper(self):
        """CHG-7: the desk records the signed agreement, which is sealed; then it can be approved."""
        change = self._asked()
        with self.assertRaisesRegex(UserError, "cannot be approved yet"):
            self._approve(change)
        with self.assertRaisesRegex(UserError, "needs a signature or a document"):
            self._record(change, datas=False)
        self._record(change)
        self.assertRecordValues(change, [{
            "customer_state": "accepted", "customer_signed_by": "Mr. Wang", "customer_recorded_by": self.desk.id,
            "next_step": "approve"}])
        self.assertTrue(change.customer_attachment_id.document_sealed)
        with self.assertRaises(UserError):
            self._record(change, answer="refused", note="Changed our mind.")
        self._approve(change)
        self.assertTrue(self.order.contract_effective)

    def test_refused_countersignature(self):
        """CHG-7: refused with a reason: rejected, the order as it was, who asked is told, nobody has anything to do."""
        change = self._asked()
        for reason in (None, "."):
            with self.subTest(reason=reason), self.assertRaisesRegex(UserError, "tell us why"):
                self._record(change, answer="refused", note=reason)
        self._record(change, answer="refused", note="Too expensive.")
        self.assertRecordValues(change, [{
            "state": "rejected", "customer_state": "refused", "closing_reason": "Too expensive.", "next_step": False}])
        self.assertFalse(change.activity_ids)
        self.assertEqual(self.row.product_uom_qty, 10)
        with self.assertRaises(UserError):
            self._approve(change)
        fresh = self.env["order.change"].browse(change.with_user(self.desk).action_draw_up_anew()["res_id"])
        self.assertEqual((fresh.state, fresh.customer_state, fresh.customer_note), ("draft", "none", False))

    def test_nothing_signed_is_changed(self):
        """CHG-7, REV-3: once he has signed neither line nor answer changes, by nobody."""
        change = self._asked()
        self._sign(change)
        for name, value in (("customer_signed_by", "Me"), ("amount_after", 1.0), ("reason", "Other")):
            with self.subTest(name), self.assertRaises(UserError):
                change.sudo().write({name: value})
        with self.assertRaises(UserError):
            change.line_ids.sudo().price = 1.0
        with self.assertRaises(UserError):
            change.sudo().unlink()

    def test_customers_change_needs_his_written_word(self):
        """CHG-5, CHG-7: without his signature or his written request nothing is approved."""
        change = self._change(self._text(), proof=False)
        change.action_assess()
        with self.assertRaisesRegex(UserError, "attach the customer's written request"):
            self._approve(change)
        change.action_reopen()
        self._attach(change)
        change.action_assess()
        self._approve(change)
        self.assertTrue(change.attachment_ids.document_sealed)
        self.assertTrue(self.order.contract_effective)

    def test_printed_notice_names_the_written_proof(self):
        """CHG-5, RPT-1: what the customer has written goes with the notice, and is named on it."""
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "order_change.report_order_change", self._change(self._text()).ids)
        self.assertIn("request.pdf", html.decode())

    def test_order_changed_while_he_reads(self):
        """CHG-7: he does not sign what is not true any more."""
        change = self._asked()
        self.row.price_unit = 95.0
        with self.assertRaisesRegex(UserError, "order has been changed"):
            self._sign(change)

    def test_others_do_not_record_his_answer(self):
        """CHG-7: the desk, the salesperson and who answers for the change record it, nobody else."""
        change = self._asked()
        with self.assertRaises(AccessError):
            self._record(change, user=self.reviewers["quality"])
        self._record(change, user=self.sales)
        self.assertEqual(change.customer_state, "accepted")

    def _asked(self):
        change = self._change(self._price(110))
        change.action_assess()
        self._pass_review(change)
        self.assertEqual((change.state, change.customer_state), ("customer", "waiting"))
        self.assertEqual(self._todos(change, "customer").user_id, self.sales)
        return change


@tagged("-at_install", "post_install")
class TestCountersignatureOnPortal(OrderChangeCommon, HttpCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.change = cls._change({"kind": "price", "order_line_id": cls.row.id, "price": 110.0}, level="minor",
                                 level_reason="The price list was wrong.")
        cls.change.write({"level": "minor"})
        cls.change.action_assess()
        cls.url = cls.change.sudo().get_portal_url()

    def test_customer_reads_and_signs(self):
        """CHG-7: by the link of the mail: before and after, and his signature, once."""
        page = self.url_open(self.url)
        self.assertEqual(page.status_code, 200)
        self.assertIn("order_change_sign", page.text)
        self.assertIn("1,100.00", page.text)
        self.assertRegex(page.text, '<html[^>]*lang="en-US"', "the scripts of the page speak its language")
        self.assertNotIn(f"/my/orders/{self.order.id}", page.text, "the link opens the change, not the order")
        path, token = self.url.split("?access_token=")
        answer = self._post(f"{path}/accept", access_token=token, name="Mr. Wang", signature=PICTURE)
        self.assertTrue(answer.get("force_refresh"), answer)
        self.assertRecordValues(self.change, [{
            "customer_state": "accepted", "customer_signed_by": "Mr. Wang", "customer_recorded_by": False}])
        self.assertTrue(self.change.customer_address)
        self.assertNotIn("order_change_sign", self.url_open(self.url).text)
        self.assertIn("error", self._post(f"{path}/accept", access_token=token, name="Mr. Wang", signature=PICTURE))

    def test_page_speaks_the_customers_language(self):
        """CHG-7: who follows the link of the mail reads the change in his language, and may choose another."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.order.partner_id.lang = "zh_CN"
        page = self.url_open(self.url)
        self.assertRegex(page.text, '<html[^>]*lang="zh-CN"')
        self.assertIn("order_change_sign", page.text)
        self.opener.cookies.set("frontend_lang", "en_US")
        self.assertRegex(self.url_open(self.url).text, '<html[^>]*lang="en-US"')

    def test_customer_refuses(self):
        """CHG-7: with a reason."""
        csrf = self._csrf(self.url_open(self.url).text)
        path, token = self.url.split("?access_token=")
        self.url_open(f"{path}/refuse?access_token={token}", data={"csrf_token": csrf, "reason": "Too expensive."})
        self.assertRecordValues(self.change, [{"state": "rejected", "closing_reason": "Too expensive."}])
        page = self.url_open(self.url).text
        self.assertIn("Refused by", page, "who comes back sees what was answered")
        self.assertIn("Too expensive.", page)

    def test_without_the_link_nobody_signs(self):
        """CHG-7, ARC-5: no link, a wrong one, another customer, and our own people."""
        path, token = self.url.split("?access_token=")
        stranger = new_test_user(self.env, "stranger_change", groups="base.group_portal")
        csrf = self._csrf(self.url_open(self.url).text)
        self.assertNotIn("order_change_sign", self.url_open(path).text)
        self.assertIn("error", self._post(f"{path}/accept", access_token="x", name="Me", signature=PICTURE))
        self.authenticate(stranger.login, stranger.login)
        self.assertIn("error", self._post(f"{path}/accept", name="Me", signature=PICTURE))
        self.url_open(f"{path}/refuse", data={"csrf_token": csrf, "reason": "I am another customer."})
        self.assertNotIn(self.change.name, self.url_open(path).text)
        self.authenticate(self.sales.login, self.sales.login)
        self.assertIn("works here", self._post(
            f"{path}/accept", access_token=token, name="Me", signature=PICTURE)["error"])
        self.assertEqual(self.change.customer_state, "waiting")

    def test_what_is_no_signature(self):
        """CHG-7: nothing drawn, no picture, no name, or a link that is none: said so, nothing signed."""
        path, token = self.url.split("?access_token=")
        blank = io.BytesIO()
        Image.new("RGBA", (200, 60), (255, 255, 255, 255)).save(blank, "PNG")
        good = {"access_token": token, "name": "Mr. Wang", "signature": PICTURE}
        white = base64.b64encode(blank.getvalue()).decode()
        for values in ({"signature": ""}, {"signature": "x"}, {"signature": white}, {"signature": ["x"]},
                       {"name": " "}, {"name": 7}, {"access_token": token[:-1]},
                       {"access_token": [token]}, {"access_token": ""}):
            with self.subTest(values):
                answer = self._post(f"{path}/accept", **{**good, **values})
                self.assertTrue(answer["error"])
                self.assertNotIn("Traceback", answer["error"])
        self.assertEqual((self.change.state, self.change.customer_state), ("customer", "waiting"))

    def test_answered_once(self):
        """CHG-7: refused is refused, signed is signed: the other answer comes too late, and the page says so."""
        path, token = self.url.split("?access_token=")
        for answer, then in (("refused", "accept"), ("accepted", "refuse")):
            with self.subTest(answer), self.cr.savepoint() as savepoint:
                self._sign(self.change, answer, note="Too expensive.")
                state = self.change.state
                page = self.url_open(self.url).text
                self.assertNotIn("order_change_sign", page)
                if then == "accept":
                    self.assertIn("error", self._post(
                        f"{path}/accept", access_token=token, name="Mr. Wang", signature=PICTURE))
                else:
                    csrf = self._csrf(page)
                    page = self.url_open(f"{path}/refuse?access_token={token}", data={
                        "csrf_token": csrf, "reason": "Too expensive after all."}).text
                    self.assertIn("could not be refused", page)
                self.assertEqual((self.change.state, self.change.customer_state), (state, answer))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_withdrawn_while_he_reads(self):
        """CHG-7: a change that was withdrawn is not signed any more, neither page nor order ask for it, and nobody
        records an answer."""
        page = self.url_open(self.url).text
        self.assertIn("order_change_sign", page)
        self.assertIn(self.change, self.order._get_changes_to_sign())
        self.change.with_user(self.desk).action_cancel("The customer has called it off.")
        path, token = self.url.split("?access_token=")
        self.assertIn("error", self._post(f"{path}/accept", access_token=token, name="Mr. Wang", signature=PICTURE))
        self.url_open(f"{path}/refuse?access_token={token}", data={"csrf_token": self._csrf(page), "reason": "No."})
        page = self.url_open(self.url).text
        self.assertNotIn("order_change_sign", page)
        self.assertIn("was withdrawn", page)
        self.assertFalse(self.order._get_changes_to_sign())
        self.assertFalse(self.change.with_user(self.desk).can_record_customer)
        self.assertRecordValues(self.change, [{"state": "cancelled", "customer_state": "waiting"}])

    def test_customers_own_account(self):
        """CHG-7: logged in he finds it on his order."""
        buyer = new_test_user(self.env, "buyer_change", groups="base.group_portal")
        buyer.partner_id.parent_id = self.partner
        self.order.message_subscribe(buyer.partner_id.ids)
        self.authenticate(buyer.login, buyer.login)
        self.assertIn(self.change.name, self.url_open(f"/my/orders/{self.order.id}").text)
        page = self.url_open(self.url.split("?")[0]).text
        self.assertIn("order_change_sign", page)
        self.assertIn(f"/my/orders/{self.order.id}", page, "the way back")

    def _csrf(self, page):
        return page.split("csrf_token: \"")[1].split('"')[0]

    def _post(self, path, **values):
        answer = self.url_open(path, json={"jsonrpc": "2.0", "params": values})
        return answer.json().get("result", {"error": answer.text})
