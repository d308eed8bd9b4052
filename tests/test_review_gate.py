"""The doors by which a sales order can be confirmed, from outside: RPC, import and portal."""
import base64
import xmlrpc.client

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCase
from odoo.addons.order_review.tests.common import PICTURE, ReviewCommon

BLANK = (  # the same paper, nothing on it
    "iVBORw0KGgoAAAANSUhEUgAAABgAAAAMCAYAAAB4MH11AAAAEklEQVR42mNgGAWjYBSMgoEHAASMAAEI/NP7AAAAAElFTkSuQmCC")


@tagged("post_install", "-at_install")
class TestReviewDoors(ReviewCommon, MailCase, HttpCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sales_manager = cls._user(
            "rpc_manager", "sales_team.group_sale_manager,base.group_allow_export,base.group_partner_manager")
        cls.sales_manager.password = cls.password = "rpc-manager-1"
        cls.order = cls._order()
        cls.conditional = cls._conditional()

    def _rpc(self, model, method, *args, **kwargs):
        """What a program does over XML-RPC, as the sales manager."""
        return self.xmlrpc_object.execute_kw(
            self.env.cr.dbname, self.sales_manager.id, self.password, model, method, list(args), kwargs)

    def _post(self, order, path, **params):
        if path == "/review/accept":
            params = {"review_id": order.review_id.id, **params}  # as the page does, which shows its conditions
        return self.make_jsonrpc_request(
            f"/my/orders/{order.id}{path}", {"access_token": order._portal_ensure_token(), **params})

    def _assert_rpc_refused(self, message, *args, **kwargs):
        with self.assertRaisesRegex(xmlrpc.client.Fault, message):
            self._rpc(*args, **kwargs)

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
    def test_rpc_cannot_confirm(self):
        """REV-11: over RPC neither the button's method nor write nor create confirms an unreviewed order."""
        order = self.order
        context = {"context": {"tracking_disable": True, "skip_review": True, "send_email": False}}
        self._assert_rpc_refused("not reviewed yet", "sale.order", "action_confirm", order.ids, **context)
        self._assert_rpc_refused("not reviewed yet", "sale.order", "write", order.ids, {"state": "sale"}, **context)
        self._assert_rpc_refused("not reviewed yet", "sale.order", "create", {
            "partner_id": self.partner.id, "state": "sale"}, **context)
        self._assert_rpc_refused("own actions only", "sale.order", "write", order.ids, {"review_stage": "cleared"})
        self._assert_rpc_refused("rivate", "sale.order", "_action_confirm", order.ids)
        self.env.invalidate_all()
        self.assertEqual(order.state, "draft")

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
    def test_rpc_cannot_change_while_confirming(self):
        """REV-11: one RPC call that confirms a reviewed order and changes it is refused."""
        order = self._reviewed()
        self._assert_rpc_refused("has changed", "sale.order", "write", order.ids, {
            "state": "sale", "technical_requirements": "IP54"})
        self.env.invalidate_all()
        self.assertEqual((order.state, order.technical_requirements), ("draft", "IP4X"))
        self._rpc("sale.order", "action_confirm", order.ids)
        self.env.invalidate_all()
        self.assertEqual(order.state, "sale")

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
    def test_rpc_cannot_sign_or_conclude(self):
        """REV-3, REV-5: over RPC nobody signs for others, concludes without authority, or seals by write."""
        review = self._submit(self.order)
        line = self._line(review, "production")
        self._assert_rpc_refused("", "order.review.line", "action_agree", line.ids)
        self._assert_rpc_refused("", "order.review.line", "write", line.ids, {"state": "agree"})
        self._assert_rpc_refused("", "order.review", "write", review.ids, {"conclusion": "accept"})
        self._assert_rpc_refused("rivate", "order.review", "_conclude", review.ids, "accept")
        self.env.invalidate_all()
        self.assertEqual((line.state, review.state), ("pending", "in_review"))

    def test_import_cannot_confirm(self):
        """REV-11: an import of confirmed orders, or of the state of an existing one, brings an error and no order."""
        order = self.order
        for fields, row in ((["partner_id/.id", "state"], [str(self.partner.id), "sale"]),
                            ([".id", "state"], [str(order.id), "sale"])):
            result = self._rpc("sale.order", "load", fields, [row])
            self.assertFalse(result["ids"])
            self.assertIn("not reviewed yet", result["messages"][0]["message"])

    @mute_logger("odoo.http")
    def test_portal_signature_waits_for_the_review(self):
        """REV-11: the portal takes no signature before the review is through, and confirms after it."""
        order = self._order(require_signature=True, require_payment=False)
        order.action_quotation_sent()
        answer = self._post(order, "/accept", name="Mr. Wang", signature=PICTURE)
        self.assertIn("error", answer)
        self.env.invalidate_all()
        self.assertRecordValues(order, [{"state": "sent", "signed_by": False}])
        review = self._submit(order)
        self._agree(review)
        self._conclude(review, "accept")
        self.assertNotIn("error", self._post(order, "/accept", name="Mr. Wang", signature=PICTURE))
        self.env.invalidate_all()
        self.assertRecordValues(order, [{"state": "sale", "signed_by": "Mr. Wang", "contract_effective": True}])

    @classmethod
    def _conditional(cls):
        order = cls._order(require_signature=True, require_payment=False)
        order.action_quotation_sent()
        review = cls._submit(order)
        cls._agree(review)
        cls._conclude(review, "conditional", note="Other scheme", conditions=[{"name": "Scheme B"}])
        return order, review

    def test_customer_finds_what_waits_for_an_answer(self):
        """REV-5: a quotation whose conditions wait for the customer is in his list, sent or not; others are not."""
        customer = new_test_user(self.env, "rv_customer", "base.group_portal", partner_id=self.partner.id)
        other, order = self.order, self._order()
        review = self._submit(order)
        self._agree(review)
        self._conclude(review, "conditional", conditions=[{"name": "Scheme B"}])
        self.authenticate(customer.login, customer.login)
        page = self.url_open("/my/quotes").text
        self.assertIn(order.name, page)
        self.assertNotIn(other.name, page)

    def test_customer_accepts_conditions_on_the_portal(self):
        """REV-5, REV-11: the customer accepts the conditions with a signature, then signs the order."""
        order, review = self.conditional
        self.assertIn("error", self._post(order, "/accept", name="Mr. Wang", signature=PICTURE))
        self.assertIn("error", self._post(order, "/review/accept", name="Mr. Wang"))
        self.assertIn("error", self._post(order, "/review/accept", name="", signature=PICTURE))
        self.assertNotIn("error", self._post(order, "/review/accept", name="Mr. Wang", signature=PICTURE))
        self.env.invalidate_all()
        self.assertRecordValues(review, [{"customer_state": "accepted", "customer_signed_by": "Mr. Wang"}])
        self.assertTrue(review.customer_signature)
        self.assertIn("error", self._post(order, "/review/accept", name="Mr. Wang", signature=PICTURE))
        self.assertNotIn("error", self._post(order, "/accept", name="Mr. Wang", signature=PICTURE))
        self.env.invalidate_all()
        self.assertEqual(order.state, "sale")

    @mute_logger("odoo.http")
    def test_signature_must_be_a_picture(self):
        """REV-5, QUO-2: no signature, no picture, nothing drawn: said clearly, and nothing is stored."""
        order, review = self.conditional
        for signature, message in (
                (None, "missing"), ("", "missing"), ("no base64!", "no picture"),
                (base64.b64encode(b"%PDF-1.4").decode(), "no picture"),
                (base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode(), "no picture"),
                (PICTURE[:60], "The signature is"), (BLANK, "empty")):
            answer = self._post(order, "/review/accept", name="Mr. Wang", signature=signature)
            self.assertIn(message, answer["error"], signature)
            self.env.invalidate_all()
            self.assertRecordValues(review, [{
                "customer_state": "waiting", "customer_signature": False, "customer_signed_by": False}])
        self._post(order, "/review/accept", name="Mr. Wang", signature=PICTURE)
        for signature in ("no base64!", BLANK, base64.b64encode(b"RIFF0000WEBPVP8 ").decode()):
            self.assertIn("error", self._post(order, "/accept", name="Mr. Wang", signature=signature))
        self.env.invalidate_all()
        self.assertRecordValues(order, [{"state": "sent", "signed_by": False, "signature": False}])

    @mute_logger("odoo.http")
    def test_staff_does_not_answer_for_the_customer(self):
        """REV-5, QUO-2: who is logged in as one of us neither accepts nor refuses nor signs, with token or without."""
        order, review = self.conditional
        self.authenticate(self.sales.login, self.sales.login)
        for token in (order._portal_ensure_token(), None):
            for path in ("/review/accept", "/accept"):
                answer = self.make_jsonrpc_request(f"/my/orders/{order.id}{path}", {
                    "access_token": token, "name": "Mr. Wang", "signature": PICTURE})
                self.assertIn("who works here", answer["error"])
        page = self.url_open(f"/my/orders/{order.id}").text
        self.assertIn("The customer answers here", page)
        self.assertNotIn("modal_review_accept", page)
        csrf = page.split('csrf_token" value="')[1].split('"')[0]
        self.url_open(f"/my/orders/{order.id}/review/refuse", data={"reason": "No", "csrf_token": csrf})
        self.env.invalidate_all()
        self.assertEqual(review.customer_state, "waiting")
        self.assertFalse(order.signed_by)

    def test_answer_says_who_was_logged_in(self):
        """REV-5: the round keeps who was logged in and from where; by the bare link: nobody."""
        order, review = self.conditional
        self._post(order, "/review/accept", name="Mr. Wang", signature=PICTURE)
        self.env.invalidate_all()
        self.assertRecordValues(review, [{"customer_user_id": False, "customer_address": "127.0.0.1"}])
        customer = new_test_user(self.env, "rv_customer", "base.group_portal", partner_id=self.partner.id)
        order, review = self._conditional()
        self.authenticate(customer.login, customer.login)
        self.make_jsonrpc_request(f"/my/orders/{order.id}/review/accept", {
            "name": "Mr. Wang", "signature": PICTURE, "review_id": review.id})
        self.env.invalidate_all()
        self.assertRecordValues(review, [{
            "customer_state": "accepted", "customer_user_id": customer.id, "customer_address": "127.0.0.1"}])
        self.make_jsonrpc_request(f"/my/orders/{order.id}/accept", {"name": "Mr. Wang", "signature": PICTURE})
        self.env.invalidate_all()
        self.assertTrue(order.message_ids.filtered(
            lambda message: "Signed on the portal by Mr. Wang" in message.body and customer.name in message.body))

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
    def test_token_is_not_for_staff(self):
        """REV-5: neither salesperson nor sales manager reads, searches, sets or asks for the customer's link."""
        order = self.order
        token = order._portal_ensure_token()
        self._assert_rpc_refused("access_token", "sale.order", "read", order.ids, ["access_token"])
        self._assert_rpc_refused("access_token", "sale.order", "search", [("access_token", "=", token)])
        self._assert_rpc_refused("access_token", "sale.order", "write", order.ids, {"access_token": "mine"})
        self._assert_rpc_refused("rivate", "sale.order", "get_portal_url", order.ids)
        self._assert_rpc_refused("rivate", "sale.order", "_portal_ensure_token", order.ids)
        self.assertNotIn(token, str(self._rpc("sale.order", "read", order.ids)))
        self.assertNotIn(token, str(self._rpc("sale.order", "export_data", order.ids, ["name", "access_url"])))
        self.assertNotIn(token, str(self._rpc("sale.order", "action_preview_sale_order", order.ids)))
        share = self._rpc("portal.share", "create", {"partner_ids": [(6, 0, self.partner.ids)]}, context={
            "active_model": "sale.order", "active_id": order.id})
        self.assertNotIn(token, str(self._rpc("portal.share", "read", [share])))

    def test_customer_gets_his_link(self):
        """REV-5: what Odoo does with the link goes on: preview, sharing by e-mail, the notification's button."""
        order = self.order
        self.env.user.email = "us@plant.example"
        preview = order.with_user(self.sales).action_preview_sale_order()
        self.authenticate(self.sales.login, self.sales.login)
        self.assertIn(order.name, self.url_open(preview["url"]).text)
        self.sales.group_ids += self.env.ref("base.group_partner_manager")
        share = self.env["portal.share"].with_user(self.sales).with_context(
            active_model="sale.order", active_id=order.id).create({"partner_ids": [Command.set(self.partner.ids)]})
        with self.mock_mail_gateway():
            share.action_send_mail()
        self.assertIn(order.access_token, self._new_mails.mail_message_id.body)
        self.authenticate(None, None)
        self.assertIn(order.name, self.url_open(order.get_portal_url()).text)

    @mute_logger("odoo.http")
    def test_order_without_a_round_is_said(self):
        """REV-5: nothing to accept or refuse without a round; said in words."""
        order = self.order
        answer = self._post(order, "/review/accept", name="Mr. Wang", signature=PICTURE)
        self.assertIn("no conditions to answer", answer["error"])

    def test_customer_refuses_conditions_on_the_portal(self):
        """REV-5, REV-7: refused with a reason on the portal, the order returns to sales."""
        order, review = self.conditional
        url = f"/my/orders/{order.id}/review/refuse?access_token={order._portal_ensure_token()}"
        self.authenticate(None, None)
        page = self.url_open(order.get_portal_url()).text
        csrf = {"csrf_token": page.split('name="csrf_token" value="')[1].split('"')[0], "review_id": review.id}
        self.url_open(url, data={"reason": "", **csrf})
        self.env.invalidate_all()
        self.assertEqual(review.customer_state, "waiting", "no refusal without a reason")
        self.url_open(url, data={"reason": "Too late", **csrf})
        self.env.invalidate_all()
        self.assertRecordValues(review, [{"customer_state": "refused", "customer_note": "Too late"}])
        self.assertEqual(order.review_stage, "returned")

    def test_foreign_token_answers_nothing(self):
        """REV-5: without the order's token nobody answers for the customer."""
        order, review = self.conditional
        answer = self.make_jsonrpc_request(f"/my/orders/{order.id}/review/accept", {
            "access_token": self.order._portal_ensure_token(), "name": "X", "signature": PICTURE})
        self.assertIn("error", answer)
        self.env.invalidate_all()
        self.assertEqual(review.customer_state, "waiting")

    @mute_logger("odoo.http")
    def test_portal_signs_a_changed_order_again(self):
        """QUO-2, REV-11: an order that changed after its signature is signed on the portal again."""
        order = self._order(require_signature=True, require_payment=True, prepayment_percent=1.0)
        order.action_quotation_sent()
        self._agree(self._submit(order))
        self._conclude(order.review_id, "accept")
        self.assertNotIn("error", self._post(order, "/accept", name="Mr. Wang", signature=PICTURE))
        self.env.invalidate_all()
        self.assertEqual((order.state, order.contract_effective), ("sent", True), "it waits for the payment")
        order.order_line.price_unit = 80.0
        self._agree(self._submit(order))
        self._conclude(order.review_id, "accept")
        self.env.flush_all()
        self.assertRecordValues(order, [{"contract_effective": False, "contract_outdated": True}])
        page = self.url_open(order.get_portal_url()).text
        self.assertIn("has changed since you signed it", page)
        self.assertNotIn("<p>Mr. Wang</p>", page, "a signature stands under what was signed")
        self.assertNotIn("error", self._post(order, "/accept", name="Mr. Li", signature=PICTURE))
        self.env.invalidate_all()
        self.assertRecordValues(order, [{"signed_by": "Mr. Li", "contract_effective": True}])

    def test_quotation_template_does_not_confirm(self):
        """REV-11: an order made from a quotation template meets the gate like any other."""
        template = self.env["sale.order.template"].create({
            "name": "Standard", "require_signature": True, "sale_order_template_line_ids": [
                Command.create({"product_id": self.product.id, "product_uom_qty": 1})]})
        order = self._order(sale_order_template_id=template.id)
        order._onchange_sale_order_template_id()
        with self.assertRaisesRegex(Exception, "not reviewed yet"):
            order._validate_order()
        self.assertFalse(order._has_to_be_signed())
