from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ReviewCommon
from .test_contract import PICTURE


@tagged("post_install", "-at_install")
class TestReviewFence(ReviewCommon):
    """What only the review's own actions write is taken from nobody, nor from a context or a stored default."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order, cls.cleared = cls._order(), cls._reviewed()

    def _create(self, model, user, vals, **defaults):
        context = {f"default_{name}": value for name, value in defaults.items()}
        return self.env[model].with_user(user).with_context(**context).create(vals)

    def test_sales_cannot_clear_an_order(self):
        """REV-11: a salesperson makes no order overridden or cleared, neither by values nor by defaults; the
        fingerprint has no secret, so he can compute it."""
        cleared, order = self.cleared, self.order
        digest = order.sudo()._review_digest()
        for fields_given in ({"review_override_digest": digest},
                             {"review_id": cleared.review_id.id, "review_digest": digest}, {"review_stage": "cleared"}):
            vals = order.with_user(self.sales).copy_data()[0]
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._create("sale.order", self.sales, {**vals, **fields_given})
            forged = self._create("sale.order", self.sales, vals, **fields_given)
            self.assertRecordValues(forged, [{
                "review_stage": "none", "review_id": False, "review_digest": False, "review_override_digest": False}])
            self.assertTrue(forged.review_needed)

    def test_sales_cannot_put_a_contract_in_effect(self):
        """QUO-2: nor does he register a contract or sign for the customer."""
        for fields_given in ({"contract_signed_on": "2026-01-01", "contract_signed_by": "Me"},
                             {"contract_effective": True, "contract_effective_on": "2026-01-01 00:00:00"},
                             {"signed_by": "Me", "signed_on": "2026-01-01 00:00:00", "signature": PICTURE}):
            vals = {"partner_id": self.partner.id}
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._create("sale.order", self.sales, {**vals, **fields_given})
            forged = self._create("sale.order", self.sales, vals, **fields_given)
            self.assertRecordValues(forged, [{
                "contract_effective": False, "contract_signed_on": False, "contract_signed_by": False,
                "signed_by": False, "signed_on": False, "signature": False}])

    def test_sales_cannot_attach_another_round(self):
        """REV-11: the round of another order is attached neither by its field nor by a command of the order."""
        round_of_another = self.cleared.review_id
        order = self.order.with_user(self.sales)
        for vals in ({"review_id": round_of_another.id}, {"review_ids": [Command.link(round_of_another.id)]},
                     {"review_ids": [Command.create({"round_no": 9})]}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                order.write(vals)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._create("sale.order", self.sales, {"partner_id": self.partner.id, **vals})
        self.assertFalse(order.sudo().review_ids)

    def test_desk_cannot_sign_for_departments(self):
        """REV-3: the desk asks a department; its opinion begins unsigned, whatever the context says."""
        draft = self.order.with_user(self.desk)
        review = self.env["order.review"].browse(draft.action_prepare_review()["res_id"]).with_user(self.desk)
        signed = {"state": "agree", "signed_by": self.general_manager.id, "signed_on": "2026-01-01 00:00:00",
                  "opinion": "We can"}
        vals = {"review_id": review.id, "department_id": self.head.id}
        line = self._create("order.review.line", self.desk, vals, **signed)
        self.assertRecordValues(line, [{"state": "pending", "signed_by": False, "signed_on": False, "opinion": False}])
        line.unlink()
        context = {f"default_{name}": value for name, value in signed.items()}
        review.with_context(**context).write({"line_ids": [Command.create({"department_id": self.head.id})]})
        self.assertEqual(set(review.line_ids.mapped("state")), {"pending"})
        self.assertFalse(review.line_ids.signed_by)

    def test_stored_defaults_sign_nothing(self):
        """REV-3: nor do the defaults that a user stores for himself, in what an action creates in his name."""
        defaults = self.env["ir.default"].with_user(self.desk)
        defaults.set("order.review.line", "state", "agree", user_id=True)
        defaults.set("order.review.line", "signed_by", self.desk.id, user_id=True)
        defaults.set("order.review", "approval_state", "approved", user_id=True)
        review = self._submit(self.order)
        self.assertEqual(set(review.line_ids.mapped("state")), {"pending"})
        self.assertFalse(review.line_ids.signed_by)
        self.assertEqual(review.approval_state, "none")

    def test_condition_is_not_born_fulfilled(self):
        """REV-5: a condition begins open."""
        line = self._line(self._submit(self.order), "desk")
        for fields_given in ({"state": "fulfilled"}, {"fulfilled_by": self.desk.id}):
            vals = {"line_id": line.id, "name": "Scheme B"}
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._create("order.review.condition", self.desk, {**vals, **fields_given})
            condition = self._create("order.review.condition", self.desk, vals, **fields_given)
            self.assertRecordValues(condition, [{"state": "open", "fulfilled_by": False, "fulfilled_on": False}])

    def test_document_is_not_born_released(self):
        """QUO-3: a document begins as a draft, by a command of its order too."""
        order = self.order.with_user(self.sales)
        released = {"state": "in_force", "version": 7, "released_by": self.desk.id}
        vals = {"order_id": order.id, "kind": "contract", "name": "Contract"}
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._create("order.document", self.sales, {**vals, **released})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            order.write({"order_document_ids": [Command.create({"kind": "contract", "name": "Contract", **released})]})
        document = self._create("order.document", self.sales, vals, **released)
        self.assertRecordValues(document, [{"state": "draft", "version": 0, "released_by": False}])

    def test_instruction_is_not_born_acknowledged(self):
        """INS-1: a department acknowledges with its button."""
        order = self.cleared
        order.action_confirm()
        order.with_user(self.desk)._register_contract(
            self._document(order, "contract", "Contract"), "Mr. Wang", order.date_order.date())
        action = order.with_user(self.desk).action_issue_instruction()
        vals = {"instruction_id": action["res_id"], "department_id": self.head.id}
        given = {"acknowledged_by": self.general_manager.id, "acknowledged_on": "2026-01-01 00:00:00"}
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._create("production.instruction.acknowledgement", self.desk, {**vals, **given})
        row = self._create("production.instruction.acknowledgement", self.desk, vals, **given)
        self.assertRecordValues(row, [{"acknowledged_by": False, "acknowledged_on": False}])

    def test_form_shows_its_own_defaults_only(self):
        """QUO-3: the order's button fills in the order of a new document; a guarded field stays as it is."""
        order = self.order.with_user(self.sales)
        documents = self.env["order.document"].with_user(self.sales).with_context(
            default_order_id=order.id, default_state="in_force")
        self.assertEqual(documents.default_get(["order_id", "state"]), {"order_id": order.id, "state": "draft"})

    def test_sales_writes_to_the_customer(self):
        """REV-5: the customer's link is not for sales to read, and yet goes with every mail that sales sends him."""
        order = self.order.with_user(self.sales)
        with self.assertRaises(AccessError):
            order.read(["access_token"])
        template = self.env.ref("sale.email_template_edi_sale")
        composer = self.env["mail.compose.message"].with_user(self.sales).with_context(
            **order.action_quotation_send()["context"]).create({"template_id": template.id})
        composer.action_send_mail()
        mail = order.sudo().message_ids[:1]
        self.assertIn(order.partner_id, mail.partner_ids)
        self.assertEqual(order.state, "sent")
        order.message_post(body="Good news", partner_ids=order.partner_id.ids)
