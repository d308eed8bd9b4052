from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewHistory(ReviewCommon):
    """What was released and decided is kept where nobody edits it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls._user("boss", "sales_team.group_sale_manager,order_review.group_order_review_override")
        cls.order, cls.review = cls._order(), cls._submit(cls._order())

    def _assert_kept(self, message, user):
        """Neither rewritten nor deleted, by RPC, by a command of its record, or in the chatter."""
        mine = message.with_user(user)
        record = self.env[message.model].browse(message.res_id).with_user(user)
        for attempt in (
                lambda: mine.write({"body": "Something else"}), lambda: mine.unlink(),
                lambda: mine.write({"author_id": self.partner.id}),
                lambda: record.write({"message_ids": [(2, message.id)]}),
                lambda: record.write({"message_ids": [(1, message.id, {"body": "Something else"})]}),
                lambda: record._message_update_content(message.sudo(), body="")):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()
        self.assertTrue(message.exists())

    def test_each_override_is_a_record(self):
        """REV-11: each release stays with its reason; a second one does not overwrite the first."""
        order = self.order
        order.with_user(self.boss)._override_review("Urgent")
        order.order_line.price_unit = 1.0
        order.with_user(self.boss)._override_review("Urgent, new price")
        first, second = order.review_override_ids.sorted("id")
        self.assertRecordValues(first | second, [
            {"reason": "Urgent", "user_id": self.boss.id, "review_stage": "none"},
            {"reason": "Urgent, new price", "user_id": self.boss.id, "review_stage": "none"}])
        self.assertTrue(first.released_on and second.released_on)
        self.assertNotEqual(first.digest, second.digest)
        self.assertEqual(order.review_override_reason, "Urgent, new price")

    def test_release_is_closed_to_everybody(self):
        """REV-11: the record of a release is neither made, changed nor deleted by hand, by superuser neither."""
        order = self.order
        order.with_user(self.boss)._override_review("Urgent")
        log = order.review_override_ids
        for user in (self.boss, self.env.user):
            for attempt in (lambda log: log.write({"reason": "Other"}), lambda log: log.unlink()):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    attempt(log.with_user(user))
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            log.with_user(self.boss).create({
                "order_id": order.id, "user_id": self.boss.id, "reason": "x", "released_on": "2026-01-01"})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            order.with_user(self.boss).write({"review_override_ids": [(2, log.id)]})
        with self.assertRaisesRegex(UserError, "stays on record"):
            order.unlink()

    def test_message_of_an_override_stays(self):
        """REV-11: the salesperson cannot delete or rewrite the message of a release."""
        order = self.order
        order.with_user(self.boss)._override_review("Urgent")
        message = order.message_ids[0]
        self.assertIn("Urgent", message.body)
        for user in (self.sales, self.boss):
            self._assert_kept(message, user)

    def test_messages_of_a_concluded_round_stay(self):
        """REV-7: whatever was written in a concluded round stays, remarks of people too."""
        review = self.review
        self._agree(review)
        remark = review.with_user(self.desk).message_post(body="Ask the supplier", message_type="comment")
        remark.with_user(self.desk).write({"body": "Ask the supplier again"})
        self._conclude(review, "accept")
        self.env.cr.precommit.run()
        for message in review.message_ids:
            self._assert_kept(message, self.desk)
        self.assertTrue(remark.exists())

    def test_people_edit_their_remarks_meanwhile(self):
        """REV-7: a remark in a running round, and on the order, is its author's to correct."""
        review = self.review
        for record in (review, review.order_id):
            remark = record.with_user(self.desk).message_post(body="Tpyo", message_type="comment")
            remark.with_user(self.desk).write({"body": "Typo"})
            record.with_user(self.desk)._message_update_content(remark, body="Corrected")
            remark.with_user(self.desk).unlink()

    def test_model_names_in_the_readers_language(self):
        """REV-7: the sentence names the document in the language of whoever reads it."""
        self.env["res.lang"]._activate_lang("zh_CN")
        label = self.env["ir.model"]._get("order.review")
        label.with_context(lang="zh_CN").name = "评审"
        review = self.review
        with self.assertRaisesRegex(AccessError, "评审"):
            review.with_user(self.desk).with_context(lang="zh_CN").write({"conclusion": "accept"})
