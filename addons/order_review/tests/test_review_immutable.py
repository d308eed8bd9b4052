import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewImmutable(ReviewCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order(cls.special)
        cls.review = cls._submit(cls.order)
        cls.line = cls._line(cls.review, "engineering")

    def _refused(self, record, vals, error=UserError):
        with self.assertRaises(error), self.env.cr.savepoint():
            record.write(vals)

    def _sign_all_and_conclude(self):
        self._agree(self.review)
        self._conclude(self.review, "accept")

    def test_user_cannot_write_state_or_signature(self):
        """REV-3, REV-11: opinions and conclusions come from the actions, not from write (RPC, import)."""
        admin = self._user("admin", "order_review.group_order_review_manager,sales_team.group_sale_manager")
        for vals in ({"state": "agree"}, {"signed_by": admin.id}, {"signed_on": "2026-01-01 00:00:00"}):
            self._refused(self.line, vals)
            self._refused(self.line.with_user(admin), vals)
        for vals in ({"state": "concluded"}, {"conclusion": "accept"}, {"stage": "cleared"}, {"digest": "x"},
                     {"customer_state": "accepted"}, {"approval_state": "approved"}, {"is_current": True}):
            self._refused(self.review.with_user(admin), vals)

    def test_user_cannot_create_signed_records(self):
        """REV-3: neither rounds nor signed opinions are created by hand."""
        with self.assertRaises(AccessError):
            self.env["order.review"].with_user(self.desk).create({
                "order_id": self.order.id, "company_id": self.company.id, "round_no": 9})
        draft = self._order().with_user(self.desk)
        review = self.env["order.review"].browse(draft.action_prepare_review()["res_id"]).with_user(self.desk)
        with self.assertRaises(AccessError):
            self.env["order.review.line"].with_user(self.desk).create({
                "review_id": review.id, "department_id": self.departments["quality"].id, "state": "agree"})

    def test_import_cannot_write_state(self):
        """REV-11: load() meets the same fence."""
        admin = self._user("importer", "order_review.group_order_review_manager,base.group_allow_export")
        result = self.env["order.review.line"].with_user(admin).load(
            [".id", "state"], [[str(self.line.id), "agree"]])
        self.assertFalse(result["ids"])
        self.assertIn("cannot be changed directly", result["messages"][0]["message"])
        self.assertEqual(self.line.state, "pending")

    def test_signed_opinion_is_closed_to_superuser(self):
        """REV-3: a signed opinion, its criteria and conditions are closed, to superuser too."""
        self.line.check_ids.result = "ok"
        self.line.condition_ids.create({"line_id": self.line.id, "name": "Drawing approved"})
        self.line.action_conditional()
        line = self.line.sudo()
        self._refused(line, {"state": "pending"}, UserError)
        self._refused(line, {"opinion": "Changed my mind"}, UserError)
        self._refused(line, {"signed_by": self.env.uid}, UserError)
        self._refused(line.check_ids[0], {"result": "not_ok"}, UserError)
        self._refused(line.condition_ids[0], {"name": "None"}, UserError)
        for record in (line, line.check_ids[0], line.condition_ids[0]):
            with self.assertRaises(UserError):
                record.unlink()
        with self.assertRaises(UserError):
            line.condition_ids.with_user(self.reviewers["engineering"]).create({"line_id": line.id, "name": "More"})

    def test_concluded_round_is_closed_to_superuser(self):
        """REV-7: a concluded round and its snapshot are closed, to superuser too."""
        self._sign_all_and_conclude()
        review = self.review.sudo()
        for vals in ({"conclusion": "decline"}, {"conclusion_note": "No"}, {"state": "in_review"}, {"digest": "x"},
                     {"content": {}}, {"promise_date": "2026-01-01"}, {"requested_date": "2026-01-01"},
                     {"partner_name": "Other"}, {"document_ids": [(5, 0, 0)]}, {"item_ids": [(5, 0, 0)]},
                     {"concluded_by": 1}, {"customer_state": "accepted"}, {"approval_state": "approved"}):
            self._refused(review, vals, UserError)
        self._refused(review.item_ids[0], {"quantity": 5}, UserError)
        for record in (review, review.item_ids[0]):
            with self.assertRaises(UserError):
                record.unlink()

    def test_no_department_joins_a_concluded_round(self):
        """REV-7: no opinion is added to a concluded round."""
        self._sign_all_and_conclude()
        with self.assertRaises(UserError):
            self.env["order.review.line"].sudo().create({
                "review_id": self.review.id, "department_id": self.head.id})

    def test_asked_department_stays(self):
        """REV-7: a department that was asked is not removed."""
        with self.assertRaisesRegex(UserError, "stays on record"):
            self.line.with_user(self.desk).unlink()

    def test_snapshot_survives_the_order(self):
        """REV-7: the round keeps what was reviewed when the order changes or its lines go."""
        self.order.order_line.price_unit = 1.0
        self.order.order_line.product_uom_qty = 99
        item = self.review.item_ids
        self.assertRecordValues(item, [{"quantity": 2, "price_unit": 100, "product_id": self.special.id}])
        self.order.order_line.unlink()
        self.assertTrue(item.exists())

    def test_order_with_rounds_is_not_deleted(self):
        """REV-7: the order of a review cannot be deleted."""
        self.review.with_user(self.desk).action_cancel()
        with self.assertRaisesRegex(UserError, "stays on record"):
            self.order.unlink()

    def test_attachment_of_signed_opinion_is_sealed(self):
        """REV-3: what was attached to a signed opinion is neither changed nor deleted, by superuser neither."""
        attachment = self.env["ir.attachment"].with_user(self.reviewers["engineering"]).create({
            "name": "calculation.pdf", "raw": b"before", "res_model": "order.review.line", "res_id": self.line.id})
        self.line.attachment_ids = attachment
        self.line.check_ids.result = "ok"
        self.line.action_agree()
        attachment = self.line.attachment_ids.sudo()
        for vals in ({"raw": b"after"}, {"datas": base64.b64encode(b"after")}, {"name": "other.pdf"},
                     {"res_id": 1}, {"document_sealed": False}):
            self._refused(attachment, vals, UserError)
        with self.assertRaises(UserError):
            attachment.unlink()
        self.assertEqual(attachment.raw, b"before")

    def test_foreign_attachment_is_copied(self):
        """REV-3: an attachment of another record stays with its owner; the opinion gets a sealed copy."""
        original = self.env["ir.attachment"].create({
            "name": "shared.pdf", "raw": b"shared", "res_model": "order.review", "res_id": self.review.id})
        self.line.attachment_ids = original
        self.line.check_ids.result = "ok"
        self.line.action_agree()
        self.assertNotEqual(self.line.attachment_ids, original)
        self.assertEqual(self.line.attachment_ids.raw, b"shared")
        original.raw = b"changed"
        self.assertEqual(self.line.attachment_ids.raw, b"shared")

    def test_user_cannot_set_or_lift_the_seal(self):
        """REV-3: the seal is set by signing only, and never lifted."""
        attachments = self.env["ir.attachment"].with_user(self.desk)
        with self.assertRaises(AccessError):
            attachments.create({"name": "x.txt", "raw": b"x", "document_sealed": True})
        attachment = attachments.with_context(default_document_sealed=True).create({"name": "x.txt", "raw": b"x"})
        self.assertFalse(attachment.document_sealed)
        self._refused(attachment, {"document_sealed": True, "name": "y.txt"}, AccessError)
        self.assertFalse(attachment.copy().document_sealed)

    @mute_logger("odoo.sql_db")
    def test_hidden_attachment_is_not_leaked(self):
        """REV-3: nobody gets at an attachment he may not read by attaching it to his opinion."""
        secret = self.env["ir.attachment"].create({"name": "secret.txt", "raw": b"secret"})
        self.line.check_ids.result = "ok"
        self.line.sudo().attachment_ids = secret
        with self.assertRaises(AccessError):
            self.line.action_agree()

    def test_issued_instruction_is_closed(self):
        """INS-1: an issued instruction is closed, to superuser too."""
        self._sign_all_and_conclude()
        self.order.action_confirm()
        self.order.with_user(self.desk)._register_contract(
            self._document(self.order, "contract", "Contract"), "Mr. Wang", self.order.date_order.date())
        action = self.order.with_user(self.desk).action_issue_instruction()
        instruction = self.env["production.instruction"].browse(action["res_id"]).with_user(self.desk)
        instruction.note = "Still a draft"
        instruction.action_issue()
        self._refused(instruction, {"note": "Late"})
        for record, vals in ((instruction.sudo(), {"delivery_date": "2030-01-01"}),
                             (instruction.line_ids[0].sudo(), {"quantity": 1}),
                             (instruction.acknowledgement_ids[0].sudo(), {"department_id": self.head.id})):
            self._refused(record, vals, UserError)
        with self.assertRaises(UserError):
            instruction.line_ids.sudo().create({"instruction_id": instruction.id, "product_id": self.product.id})
