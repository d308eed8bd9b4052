from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PNG, AftersalesCommon
from .test_mail import MailCommon


@tagged("-at_install", "post_install")
class TestComplaint(AftersalesCommon):
    def _complaint(self, **values):
        return self._contacted(kind="complaint", wish="reduction", **values)

    def test_decided_and_told(self):
        """AFT-4: the head decides a complaint with words for the customer, who is told by mail; only then is it
        solved; decided it stays a complaint."""
        request = self._complaint()
        request.solution = "Reduction agreed."
        with self.assertRaisesRegex(UserError, "decides it first"):
            request.action_solve()
        with self.assertRaises(AccessError):
            request.decision = "granted"
        mine = request.with_user(self.head)
        with self.assertRaisesRegex(UserError, "choose the decision"):
            mine.action_decide()
        mine.write({"decision": "partly", "decision_words": "We take 5 % off the price."})
        with self.assertRaises(AccessError):
            request.action_decide()
        mine.action_decide()
        self.assertRecordValues(request, [{"decided_by": self.head.id, "state": "in_progress"}])
        self.assertTrue(request.told_on)
        mail = self.env["mail.mail"].sudo().search([("res_id", "=", request.id), ("model", "=", request._name)])
        self.assertIn("We take 5 % off the price.", mail.sorted("id")[-1:].body_html)
        with self.assertRaisesRegex(UserError, "decided already"):
            mine.action_decide()
        with self.assertRaises(AccessError):
            mine.decision_words = "Nothing"
        with self.assertRaisesRegex(UserError, "stays a complaint"):
            request.kind = "quality"
        request.action_solve()
        self.assertEqual(request.state, "solved")

    def test_told_by_a_call(self):
        """AFT-4: who has no mail address is told by a call that reaches him."""
        request = self._complaint()
        request.email = False
        request.solution = "Explained."
        mine = request.with_user(self.head)
        mine.write({"decision": "refused", "decision_words": "The lamp was broken by a fork lift."})
        mine.action_decide()
        with self.assertRaisesRegex(UserError, "has not been told"):
            request.action_solve()
        self._call(request, is_reached=False, note=False)
        self.assertFalse(request.told_on)
        self._call(request)
        request.action_solve()

    def test_reopened_is_decided_anew(self):
        """AFT-4: who does not agree opens it again; it is decided anew, and the first decision stays in the history."""
        request = self._complaint()
        mine = request.with_user(self.head)
        mine.write({"decision": "refused", "decision_words": "No fault of ours.", "solution": "Explained."})
        mine.action_decide()
        mine.action_solve()
        mine.action_reopen()
        self.assertRecordValues(request, [{"decided_by": False, "told_on": False}])
        self.assertIn("No fault of ours.", "".join(request.message_ids.mapped("body")))
        mine.decision = "granted"
        mine.action_decide()
        with self.assertRaisesRegex(UserError, "is no complaint"):
            self._contacted().with_user(self.head).action_decide()


@tagged("-at_install", "post_install")
class TestMerge(MailCommon):
    def _merge(self, request, target, user=None):
        merge = self.env["service.request.merge"].with_user(user or self.engineer).create({
            "request_id": request.id, "target_id": target.id})
        return merge.action_merge()

    def test_one_survives(self):
        """AFT-1, AFT-2: the other is closed with a link and asks nobody; words, papers, contacts and followers are
        found with the one that goes on, which is contacted by them; both histories stay."""
        first, second = self._handed(), self._contacted(description="The lamp is dark, too.")
        self.env["ir.attachment"].create({
            "name": "a.png", "raw": PNG, "res_model": second._name, "res_id": second.id})
        contact = second.contact_ids
        wizard = self.env["service.request.merge"].with_user(self.engineer).create({
            "request_id": second.id, "target_id": first.id})
        self.assertIn(first, wizard.candidate_ids)
        self.assertEqual(wizard.action_merge()["res_id"], first.id)
        self.assertRecordValues(second, [{
            "state": "cancelled", "merged_into_id": first.id, "cancel_reason": f"Merged into {first.name}"}])
        self.assertEqual(self._asked(second), [])
        self.assertFalse(second.sudo().sla_clock_ids)
        self.assertTrue(second.sla_clock_count, "its clocks are still to be read")
        self.assertRecordValues(first, [{
            "state": "contacted", "contacted_on": contact.moment, "merged_ids": second.ids}])
        self.assertEqual(first.contact_ids.mapped("note"), contact.mapped("note"))
        self.assertEqual(second.contact_ids, contact)
        self.assertIn("The lamp is dark, too.", "".join(first.message_ids.mapped("body")))
        self.assertEqual(first._get_own_files().mapped("name"), ["a.png"])
        with self.assertRaises(UserError):
            second.sudo().subject = "Something else"

    def test_answers_land_on_the_survivor(self):
        """AFT-1: what the customer answers to the merged one lands on the one that goes on: by its heads, by its
        number, and over two merges."""
        first, second, third = (self._handed() for _number in range(3))
        message = third.sudo().message_post(body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment")
        self._merge(third, second)
        self._merge(second, first)
        self.assertFalse(self._receive(
            "Re: it", text="It is dark again.", In_Reply_To=message.message_id, References=message.message_id))
        self.assertFalse(self._receive(f"Re: [{third.name}]", text="By its number."))
        bodies = "".join(first.message_ids.mapped("body"))
        for words in ("It is dark again.", "By its number."):
            self.assertIn(words, bodies)
        self.assertNotIn("It is dark again.", "".join(third.message_ids.mapped("body")))

    def test_what_is_not_merged(self):
        """AFT-1: of other customers or companies, with itself, solved and closed ones, one with documents of its own,
        by sales."""
        request = self._contacted(lot_id=self.lot.id)
        stranger = self._request(partner_id=self.stranger.id)
        for target in (request, stranger):
            with self.assertRaises(UserError):
                self._merge(request, target)
        unknown = self._request(partner_id=False)
        with self.assertRaisesRegex(UserError, "different customers"):
            self._merge(request, unknown)
        closed = self._solved()
        with self.assertRaises(UserError):  # nothing would go on there
            self._merge(request, closed)
        closed.action_close()
        with self.assertRaises(UserError):
            self._merge(request, closed)
        with self.assertRaises(UserError):
            self._merge(closed, request)
        with self.assertRaises(AccessError):
            self._merge(request, self._handed(), user=self.seller)
        other = self._handed()
        request.action_new_repair()
        with self.assertRaisesRegex(UserError, f"Merge {other.name} into it"):
            self._merge(request, other)
        self._merge(other, request)
        self.assertEqual(request.merged_ids, other)
