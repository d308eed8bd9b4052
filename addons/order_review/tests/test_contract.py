import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ReviewCommon

PICTURE = (b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


@tagged("post_install", "-at_install")
class TestContract(ReviewCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order, cls.signable = cls._reviewed(), cls._reviewed(require_signature=True)

    def _register(self, order, user=None, **values):
        self.env["order.contract.register"].with_user(user or self.desk).create({
            "order_id": order.id, "signed_by": "Mr. Wang", "datas": base64.b64encode(b"%PDF-1.4 contract"),
            "file_name": "contract.pdf", **values}).action_register()

    def test_paper_contract_takes_effect(self):
        """QUO-2: the registered paper contract takes effect; by whom and when is kept, with its document."""
        order = self.order
        order.action_confirm()
        self.assertFalse(order.contract_effective)
        self._register(order)
        self.assertRecordValues(order, [{
            "contract_effective": True, "contract_signed_by": "Mr. Wang",
            "contract_signed_on": fields.Date.context_today(order)}])
        self.assertTrue(order.contract_effective_on)
        document = order.order_document_ids.filtered(lambda document: document.kind == "contract")
        self.assertRecordValues(document, [{"state": "in_force", "version": 1}])
        self.assertEqual(order.review_stage, "cleared", "the contract is no change of what was reviewed")

    def test_nobody_signs_for_the_customer(self):
        """QUO-2: the customer's signature comes from the portal; sales may only empty it."""
        order = self.signable
        for values in ({"signature": PICTURE}, {"signed_by": "Mr. Wang"}, {"signed_on": fields.Datetime.now()}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                order.with_user(self.sales).write(values)
        order.write({"signed_by": "Mr. Wang", "signed_on": fields.Datetime.now(), "signature": PICTURE})
        order.action_cancel()
        order.with_user(self.sales).action_draft()
        self.assertFalse(order.signature)

    def test_portal_signature_takes_effect(self):
        """QUO-2: the signature on the portal takes effect."""
        order = self.signable
        order.write({"signed_by": "Mr. Wang", "signed_on": fields.Datetime.now(), "signature": PICTURE})
        self.assertTrue(order.contract_effective)

    def test_contract_needs_its_document(self):
        """QUO-2: no contract without the signed document, nor signed in the future, nor by nobody."""
        order = self.order
        with self.assertRaisesRegex(UserError, "Attach"):
            self._register(order, datas=False)
        with self.assertRaisesRegex(UserError, "future"):
            self._register(order, signed_on=fields.Date.today() + timedelta(days=2))
        with self.assertRaisesRegex(UserError, "Who signed"):
            self._register(order, signed_by=" ")
        with self.assertRaisesRegex(UserError, "contract document of"):
            self._register(order, datas=False, document_id=self._document(order, "drawing", "D").id)
        with self.assertRaisesRegex(AccessError, "is done by .*Order desk"):
            order.with_user(self.sales)._register_contract(
                self._document(order, "contract", "C"), "Mr. Wang", fields.Date.today())

    def test_effect_waits_for_the_down_payment(self):
        """QUO-2, PAY-2: where so configured the contract takes effect on the down payment."""
        self.company.contract_needs_down_payment = True
        order = self._reviewed(require_payment=True, prepayment_percent=0.3)
        self._register(order)
        self.assertFalse(order.contract_effective)
        self.assertEqual(order.payment_status, "none")
        self._pay(order, 30)
        self.assertFalse(order.contract_effective)
        self.assertEqual(order.payment_status, "partial")
        self._pay(order, 30)
        self.assertTrue(order.contract_effective)
        self.assertEqual(order.payment_status, "prepaid")
        self.assertEqual(order.review_id.payment_status, "prepaid", "the review shows it too")
        self._pay(order, 140)
        self.assertEqual(order.payment_status, "paid")

    def _pay(self, order, amount):
        provider = self.env["payment.provider"].search([("code", "=", "none")], limit=1)
        method = self.env.ref("payment.payment_method_unknown")
        transaction = self.env["payment.transaction"].create({
            "provider_id": provider.id, "payment_method_id": method.id, "amount": amount,
            "currency_id": order.currency_id.id, "partner_id": order.partner_id.id,
            "reference": f"{order.name}-{amount}-{len(order.transaction_ids)}",
            "sale_order_ids": [Command.set(order.ids)]})
        transaction.state = "done"
        order.invalidate_recordset(["amount_received", "payment_status"])

    def test_documents_are_versioned(self):
        """QUO-3: releasing version 2 supersedes version 1 of the same kind and name, and keeps it."""
        order = self._order()
        first = self._document(order, "drawing", "Front view")
        other = self._document(order, "drawing", "Side view")
        second = self._document(order, "drawing", "Front view", content=b"%PDF-1.4 new")
        self.assertRecordValues(first | second | other, [
            {"version": 1, "state": "superseded"}, {"version": 2, "state": "in_force"},
            {"version": 1, "state": "in_force"}])
        self.assertEqual(second.released_by, self.env.user)
        with self.assertRaisesRegex(UserError, "this needs"):
            first.action_release()

    def test_released_document_is_closed(self):
        """QUO-3: a released document is neither changed nor deleted, by superuser neither; nor is its file."""
        document = self._document(self._order(), "agreement", "Technical agreement").sudo()
        for vals in ({"name": "Other"}, {"attachment_id": False}, {"state": "draft"}, {"version": 7},
                     {"datas": base64.b64encode(b"other")}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                document.write(vals)
        for record in (document, document.attachment_id):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                record.unlink()
        with self.assertRaises(UserError):
            document.attachment_id.raw = b"other"

    def test_document_needs_a_file(self):
        """QUO-3: a document without file is not released."""
        document = self.env["order.document"].create({
            "order_id": self._order().id, "kind": "drawing", "name": "Empty"})
        with self.assertRaisesRegex(UserError, "no file"):
            document.action_release()

    def test_draft_document_is_edited(self):
        """QUO-3: a draft takes another file and name."""
        document = self._document(self._order(), "drawing", "Front view", release=False)
        document.write({"name": "Front", "datas": base64.b64encode(b"%PDF-1.4 b"), "file_name": "b.pdf"})
        self.assertEqual(document.attachment_id.raw, b"%PDF-1.4 b")
        self.assertEqual(document.attachment_id.name, "b.pdf")
        self.assertEqual((document.attachment_id.res_model, document.attachment_id.res_id),
                         ("order.document", document.id))
