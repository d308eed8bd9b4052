from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import REVIEWER, ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewOpinion(ReviewCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls._submit(cls._order(cls.special))
        cls.line = cls._line(cls.review, "engineering")

    def test_criteria_are_answered_before_signing(self):
        """REV-3: every required criterion is answered before the department signs; the message names the open ones."""
        self.line.check_ids[0].result = "ok"
        with self.assertRaisesRegex(UserError, "Open technical problems"):
            self.line.action_agree()
        self.line.check_ids[1].result = "na"
        self.line.check_ids[2].required  # noqa: B018 - an optional criterion may stay open
        self.line.check_ids[2:].result = "ok"
        self.line.action_agree()

    def test_unmet_criterion_is_not_agreed(self):
        """REV-3: who finds a criterion unmet agrees on conditions, or disagrees with the reason."""
        self.line.check_ids.result = "ok"
        self.line.check_ids[1].result = "not_ok"
        with self.assertRaisesRegex(UserError, "not met"):
            self.line.action_agree()
        with self.assertRaisesRegex(UserError, "reason"):
            self.line.action_disagree()
        self.line.opinion = "Short-circuit test missing"
        self.line.action_disagree()
        self.assertEqual(self.line.state, "disagree")

    def test_other_department_cannot_answer(self):
        """REV-3: a department's opinion is written and signed by its own people."""
        other = self.line.with_user(self.reviewers["quality"])
        other.check_access("read")
        for action in (lambda: other.write({"opinion": "Mine"}), lambda: other.check_ids.write({"result": "ok"}),
                       lambda: other.condition_ids.create({"line_id": other.id, "name": "Mine"}),
                       other.action_agree):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                action()

    def test_desk_cannot_sign_for_a_department(self):
        """REV-3: the order desk names the reviewer; the opinion is the department's."""
        line = self.line.with_user(self.desk)
        clerk = self._user("clerk", REVIEWER)
        line.write({"user_id": clerk.id})
        self.assertTrue(line.activity_ids.filtered(lambda activity: activity.user_id == clerk))
        for action in (lambda: line.write({"opinion": "Mine"}), line.action_agree):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                action()

    def test_member_and_superior_may_sign(self):
        """REV-3: members of the department and those above it sign; people of other departments do not."""
        section = self.env["hr.department"].create({
            "name": "Section", "parent_id": self.departments["engineering"].id, "company_id": self.company.id})
        member, boss = self._user("member", REVIEWER), self.general_manager
        self._employee(member, section)
        stranger = self._user("stranger", REVIEWER)
        self._employee(stranger, self.head)
        self.assertTrue(self.line.with_user(member).can_sign)
        self.assertTrue(self.line.with_user(boss).can_sign)
        self.assertFalse(self.line.with_user(stranger).can_sign)
        self.line.with_user(member).check_ids.result = "ok"
        self.line.with_user(member).action_agree()
        self.assertEqual(self.line.signed_by, member)

    def test_my_department_is_searchable(self):
        """REV-12: "my department" finds one's own opinions, whoever asks."""
        Line = self.env["order.review.line"]
        for role in ("engineering", "quality"):
            mine = Line.with_user(self.reviewers[role]).search(
                [("review_id", "=", self.review.id), ("is_my_department", "=", True)])
            self.assertEqual(mine.department_id, self.departments[role])
            rest = Line.with_user(self.reviewers[role]).search(
                [("review_id", "=", self.review.id), ("is_my_department", "=", False)])
            self.assertEqual(rest, self.review.line_ids - mine)

    def test_second_signature_is_refused(self):
        """REV-3: an opinion is signed once."""
        self.line.check_ids.result = "ok"
        self.line.action_agree()
        with self.assertRaisesRegex(UserError, "was done meanwhile"):
            self.line.action_agree()

    def test_closed_round_takes_no_opinion(self):
        """REV-3: no opinion before the round is sent, nor after it is cancelled."""
        self.review.with_user(self.desk).action_cancel()
        with self.assertRaisesRegex(UserError, 'this needs "In review"'):
            self.line.action_agree()

    def test_reviewer_needs_no_sales_rights(self):
        """REV-3, REV-4: engineers review from the snapshot; sales orders and prices stay closed to them."""
        user = self.reviewers["engineering"]
        review = self.review.with_user(user)
        self.assertFalse(self.env["sale.order"].with_user(user).has_access("read"))
        data = review.read(["order_name", "partner_name", "technical_requirements", "stage", "review_chips",
                            "sla_clocks", "payment_status", "is_outdated", "can_conclude"])[0]
        self.assertEqual(data["partner_name"], "Grid Company")
        self.assertEqual(review.item_ids.read(["description", "quantity", "unit_name"])[0]["quantity"], 2)
        for record, name in ((review, "amount_total"), (review.item_ids, "price_unit"), (review, "content")):
            with self.assertRaises(AccessError):
                record.read([name])
        with Form(self.line.with_user(user)) as form:
            form.opinion = "Fine"

    def test_reviewer_reads_the_drawings(self):
        """REV-4: the technical documents in force go along, and the reviewer can open them."""
        order = self._order(self.special)
        drawing = self._document(order, "drawing", "Front view")
        contract = self._document(order, "contract", "Contract")
        review = self._submit(order)
        self.assertIn(drawing, review.document_ids)
        self.assertNotIn(contract, review.document_ids)
        user = self.reviewers["engineering"]
        self.assertTrue(drawing.with_user(user).attachment_id.raw)
        self.assertFalse(contract.with_user(user).has_access("read"))
        self.assertFalse(contract.attachment_id.with_user(user).has_access("read"))

    def test_anyone_concerned_may_comment(self):
        """REV-3: reviewers discuss in the round's chatter without the right to write it."""
        self.review.with_user(self.reviewers["quality"]).message_post(body="Which standard?")
        self.line.with_user(self.reviewers["quality"]).message_post(body="And here?")

    def test_salesperson_follows_own_orders_only(self):
        """REV-7: a salesperson sees the rounds of his own orders, not those of others."""
        other = self._user("other_sales", "sales_team.group_sale_salesman")
        Review = self.env["order.review"]
        self.assertIn(self.review, Review.with_user(self.sales).search([]))
        self.assertNotIn(self.review, Review.with_user(other).search([]))
        self.assertFalse(self.env["order.review.line"].with_user(other).search([("review_id", "=", self.review.id)]))
        self.assertFalse(self.env["order.review.item"].with_user(other).search([("review_id", "=", self.review.id)]))

    def test_other_company_sees_nothing(self):
        """REV-12: reviews stay within their company."""
        company = self.env["res.company"].create({"name": "Second plant"})
        stranger = self._user("stranger", "order_review.group_order_review_manager")
        stranger.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        for model in ("order.review", "order.review.line", "order.review.item", "order.review.check", "order.document"):
            self.assertFalse(self.env[model].with_user(stranger).search([]), model)

    def test_customer_standing_is_shown(self):
        """REV-9: qualification and overdue receivables of the customer are among what is reviewed."""
        self.partner.write({"customer_qualified": True, "qualification_note": "Licence seen",
                            "qualification_expiry": "2020-01-01"})
        self.assertFalse(self._submit(self._order()).customer_qualified, "expired")
        self.partner.qualification_expiry = False
        review = self._submit(self._order())
        self.assertRecordValues(review, [{
            "customer_qualified": True, "customer_qualification_note": "Licence seen", "customer_has_overdue": False}])
        self.assertIn("Customer qualified", self._line(review, "desk").check_ids.mapped("name"))
