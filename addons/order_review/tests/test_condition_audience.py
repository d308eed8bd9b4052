import html
import re
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, new_test_user, tagged

from .common import PICTURE, ReviewCommon

INNER, SCHEME, WORDING = "Overtime on line 2", "Breaker CW3, new cut-outs", "Breaker of the same rating"


@tagged("post_install", "-at_install")
class TestConditionAudience(ReviewCommon, HttpCase):
    """A condition is internal or for the customer: who decides, who sees it, who waits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order(cls.special)
        cls.review = cls._submit(cls.order)

    def _set(self, role, **values):
        line = self._line(self.review, role)
        line.check_ids.result = "ok"
        line.condition_ids = [Command.create(values)]
        line.action_conditional()
        return line.condition_ids[-1].sudo()

    def _set_both(self):
        inner = self._set("production", name=INNER)
        scheme = self._set("engineering", name=SCHEME, kind="technical")
        self._agree(self.review, "desk", "quality", "purchasing")
        return inner, scheme

    def _page(self):
        self.env.flush_all()
        return self.url_open(self.order.get_portal_url(), timeout=60).text

    def test_audience_follows_the_kind_until_somebody_decides(self):
        """REV-5: a changed scheme is the customer's matter, the rest is ours; the department may say otherwise."""
        line = self._line(self.review, "engineering")
        made = line.condition_ids.create([
            {"line_id": line.id, "name": "A", "kind": "technical"}, {"line_id": line.id, "name": "B"},
            {"line_id": line.id, "name": "C", "kind": "delivery"},
            {"line_id": line.id, "name": "D", "for_customer": True}])
        self.assertEqual(made.mapped("for_customer"), [True, False, False, True])

    def test_internal_condition_does_not_wait_for_the_customer(self):
        """REV-5: accepted on internal conditions only, the order is cleared, and they are followed up all the same."""
        inner = self._set("production", name=INNER)
        self._agree(self.review, "desk", "engineering", "quality", "purchasing")
        self._conclude(self.review, "conditional")
        self.assertRecordValues(self.review, [{"stage": "cleared", "customer_state": "none"}])
        self.assertRecordValues(inner, [{"is_commitment": True, "state": "open"}])

    def test_customers_condition_is_not_passed_over(self):
        """REV-5: an order is not simply accepted while a condition is the customer's to accept."""
        self._set_both()
        with self.assertRaisesRegex(UserError, SCHEME):
            self._conclude(self.review, "accept")

    def test_desk_looks_before_the_conclusion_only(self):
        """REV-5: the order desk decides what the customer sees of a signed opinion, in what words; nothing else of it,
        and nothing after the conclusion; nobody else does."""
        inner, scheme = self._set_both()
        mine = scheme.with_user(self.desk)
        self.review.with_user(self.desk).condition_ids = [
            Command.update(scheme.id, {"customer_wording": WORDING}), Command.update(inner.id, {"for_customer": True})]
        self.assertEqual((scheme.shown_name, scheme.name, inner.for_customer), (WORDING, SCHEME, True))
        for values in ({"name": "Easier"}, {"kind": "other"}, {"owner_id": self.desk.id}):
            with self.assertRaises(UserError):
                mine.write(values)
        with self.assertRaises(AccessError):
            scheme.with_user(self.reviewers["quality"]).write({"for_customer": False})
        with self.assertRaises(UserError):
            scheme.with_user(self.reviewers["engineering"]).write({"for_customer": False})
        self._conclude(self.review, "conditional")
        for user in (self.desk, self.env.user):
            with self.assertRaises(UserError):
                scheme.with_user(user).write({"customer_wording": "Another"})

    def test_who_concludes_looks(self):
        """REV-5: the dialog shows each condition with what the customer would see; what is decided there counts."""
        inner, scheme = self._set_both()
        action = self.review.with_user(self.general_manager).action_conclude()
        form = Form(self.env["order.review.conclude"].with_user(self.general_manager).with_context(**action["context"]))
        self.assertEqual(len(form.look_ids), 2)
        for index in range(2):
            with form.look_ids.edit(index) as look:
                look.for_customer = look.name == SCHEME
                if look.for_customer:
                    look.customer_wording = WORDING
        form.save().action_conclude()
        self.assertEqual(self.review._get_customer_conditions(), scheme)
        self.assertEqual(self.order._get_portal_conditions().mapped("shown_name"), [WORDING])
        self.assertFalse(inner.for_customer)

    def test_one_delivery_date(self):
        """REV-4, REV-5: the departments' dates become one promised date, the only one that the customer is told."""
        late = self.review.requested_date + timedelta(days=9)
        self._set("production", name="Nine days later", kind="delivery", date=late)
        self._set("engineering", name="Drawings later", kind="delivery", date=late - timedelta(days=4))
        self._agree(self.review, "desk", "quality", "purchasing")
        self.assertEqual(self.review.promise_date, late)
        with self.assertRaisesRegex(UserError, "one delivery date"), self.env.cr.savepoint():
            self._conclude(self.review, "conditional", note="Agreed so", conditions=[
                {"name": "In two lots", "kind": "delivery", "date": late + timedelta(days=1)}])
        self._conclude(self.review, "conditional")
        self.assertRecordValues(self.review._get_customer_conditions(), [{"date": late, "kind": "delivery"}])
        page = self._page()
        self.assertIn(f"Delivery on {late}", page)
        self.assertNotIn("later", page.split('id="review_conditions"')[1].split("<footer")[0])
        self.assertNotIn("Delivery Date:", page)
        self._record_customer(self.review)
        self.assertEqual(self._page().count("Delivery Date:"), 1)

    def test_portal_shows_the_customers_conditions_before_and_after(self):
        """REV-5: only the customer's, in his words, while he decides and after he has accepted them."""
        self._set_both()
        self.review.condition_ids.filtered("for_customer").with_user(self.desk).customer_wording = WORDING
        self._conclude(self.review, "conditional")
        waiting = self._page()
        self._record_customer(self.review)
        accepted = self._page()
        for page, place in ((waiting, 'id="review_conditions"'), (accepted, 'id="review_accepted_conditions"')):
            self.assertIn(place, page)
            self.assertIn(WORDING, page)
            self.assertNotIn(SCHEME, page)
            self.assertNotIn(INNER, page)
        self.assertIn("Mr. Wang", accepted)
        self.order.action_confirm()
        self.assertIn(WORDING, self._page())

    def test_acceptance_is_of_what_was_shown(self):
        """REV-5: a page that showed the conditions of a former round accepts nothing."""
        self._set_both()
        self._conclude(self.review, "conditional")
        answer = self.make_jsonrpc_request(f"/my/orders/{self.order.id}/review/accept", {
            "access_token": self.order._portal_ensure_token(), "name": "Mr. Wang", "review_id": self.review.id - 1,
            "signature": PICTURE})
        self.assertIn("have changed since you opened", answer["error"])
        self.assertEqual(self.review.customer_state, "waiting")

    def test_person_signs(self):
        """REV-5, QUO-2: the name of whoever is logged in is proposed; of a company without a person, none."""
        company = self.env["res.partner"].create({"name": "Grid Works", "is_company": True})
        buyer = self.env["res.partner"].create({"name": "Li Buyer", "parent_id": company.id})
        user = new_test_user(self.env, "rv_buyer", "base.group_portal", name="Li Buyer", partner_id=buyer.id)
        order = self._order(self.special, partner_id=company.id, require_signature=True, require_payment=False)
        order.action_quotation_sent()
        review = self._submit(order)
        self._agree(review)
        self._conclude(review, "conditional", conditions=[{"name": SCHEME}])
        public = self.env.ref("base.public_user")
        self.assertEqual((order._get_signer_name(user), order._get_signer_name(public)), ("Li Buyer", ""))
        self.authenticate(user.login, user.login)
        for stage in ("customer", "cleared"):
            self.assertEqual(order.review_stage, stage)
            page = self.url_open(order.get_portal_url(), timeout=60).text
            names = re.findall(r'"defaultName": "(.*?)"', html.unescape(page))
            self.assertEqual(set(names), {"Li Buyer"})
            if stage == "customer":
                self._record_customer(review)
