import re
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from .common import RequestCommon


@tagged("-at_install", "post_install")
class TestReduction(RequestCommon):
    """Less than was planned is bought when whoever planned it agrees (MAT-8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_to_order(cls.breaker)

    def _ordered(self, confirm=True):
        """What a manufacturing order needs, on a purchase order."""
        production = self._production(4)
        request = self.env["purchase.request"].search([("production_id", "=", production.id)])
        request.with_user(self.planner).button_to_approve()
        request.with_user(self.manager).button_approved()
        order = self._order(request)
        if confirm:
            order.button_confirm()
        return production, request, order.order_line

    def _get_receipts(self, line):
        moves = line.move_ids.filtered(lambda move: move.state != "cancel")
        self.assertEqual(len(moves.location_id | moves.location_dest_id), 2 * bool(moves))  # nothing goes back
        return sum(moves.mapped("product_uom_qty"))

    def test_todo_of_ones_own_opens_nothing(self):
        """ARC-5: whoever plans nothing cannot read a reduction, nor help himself to a to-do of it."""
        _production, _request, line = self._ordered()
        proposal = self.env["purchase.reduction"].with_user(self.buyer)._propose(6, "One cabinet less", line=line)
        clerk = new_test_user(self.env, "reduction_clerk", company_id=self.company.id)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            proposal.with_user(clerk).activity_schedule("mail.mail_activity_data_todo", user_id=clerk.id)
        self.assertFalse(proposal.with_user(clerk).search([("id", "=", proposal.id)]))

    def test_buyer_cannot_buy_less(self):
        """MAT-8: the buyer lowers neither a quotation nor an order that serves a need, by any door; the planner may,
        and what is not needed for it is the buyer's own."""
        for confirm in (False, True):
            _production, _request, line = self._ordered(confirm)
            mine = line.with_user(self.buyer)
            for write in (lambda mine=mine: mine.write({"product_qty": 5}),
                          lambda mine=mine: mine.order_id.write(
                              {"order_line": [Command.update(mine.id, {"product_qty": 5})]}),
                          lambda mine=mine: mine.write({"product_id": self.busbar.id}),
                          lambda mine=mine: mine.write({"product_uom_id": self.env.ref("uom.product_uom_dozen").id,
                                                        "product_qty": 0.5}),
                          lambda mine=mine: mine.unlink()):
                with self.subTest(confirm=confirm), self.assertRaises(UserError), self.env.cr.savepoint():
                    write()
            self.assertEqual(line.product_qty, 12)
            mine.product_qty = 15
            mine.product_qty = 12
        with self.assertRaisesRegex(UserError, re.escape(self.planner.name)):
            mine.order_id.button_cancel()
        free = self.env["purchase.order"].with_user(self.buyer).create({
            "partner_id": self.supplier.id, "order_line": [Command.create({
                "product_id": self.breaker.id, "product_qty": 9})]}).order_line
        free.product_qty = 2
        self.assertEqual(free.product_qty, 2)

    def test_agreed_reduction(self):
        """MAT-8: the planner gets a to-do; when he agrees order, receipt and need fall together, and nothing of it is
        to be ordered again."""
        production, request, line = self._ordered()
        action = line.with_user(self.buyer).action_propose_reduction()
        self.env["purchase.request.remark"].with_user(self.buyer).with_context(**action["context"]).create(
            {"quantity": 9, "text": "The supplier sells packs of nine"}).action_done()
        proposal = self.env["purchase.reduction"].search([("line_id", "=", line.id)])
        self.assertRecordValues(proposal, [{
            "state": "asked", "planner_id": self.planner.id, "proposed_by": self.buyer.id, "quantity_before": 12,
            "quantity_after": 9}])
        self.assertIn(production.name, proposal.needed_by)
        self.assertEqual(proposal.activity_ids.user_id, self.planner)
        self.assertEqual(line.product_qty, 12)
        for user in (self.buyer, self.head, self.applicant):
            with self.assertRaises(AccessError):
                proposal.with_user(user).action_agree()
        proposal.with_user(self.planner).action_agree()
        self.assertEqual((proposal.state, proposal.decided_by), ("agreed", self.planner))
        self.assertEqual(line.product_qty, 9)
        self.assertEqual(self._get_receipts(line), 9)
        self.assertEqual((request.line_ids.product_qty, request.line_ids.qty_to_order), (9, 0))
        self.assertFalse(proposal.activity_ids)

    def test_refused_reduction(self):
        """MAT-8: refused with a reason nothing changes; the buyer may withdraw what he proposed."""
        _production, _request, line = self._ordered(confirm=False)
        propose = line.with_user(self.buyer)._propose_reduction
        proposal = propose(6, "Too dear now")
        with self.assertRaises(UserError):
            proposal.with_user(self.planner).action_refuse(" ")
        proposal.with_user(self.planner).action_refuse("All of them are needed")
        self.assertEqual((proposal.state, line.product_qty), ("refused", 12))
        with self.assertRaises(UserError):
            proposal.with_user(self.planner).action_agree()
        again = propose(6, "Too dear now")
        self.assertNotEqual(again, proposal)
        with self.assertRaises(AccessError):
            again.with_user(self.head).action_withdraw()
        again.with_user(self.buyer).action_withdraw()
        self.assertEqual(again.state, "withdrawn")

    def test_administrator_decides_for_who_left(self):
        """MAT-8: where the planner has left, an administrator of requests of the company is asked and decides; while
        the planner is there, or where he proposes it himself, he does not; others never do. Over RPC."""
        second = self._user("second_administrator", "purchase_request.group_purchase_request_manager")
        sister = self.env["res.company"].create({"name": "Sister Works"})
        foreign = self._user("foreign", "purchase_request.group_purchase_request_manager", company_id=sister.id,
                             company_ids=[Command.set(sister.ids)])
        portal = self._user("portal", "base.group_portal")
        administrators = self.administrator | second

        def decide(user, proposal, method="action_agree"):
            return call_kw(proposal.with_user(user), method, [proposal.ids], {})

        _production, request, line = self._ordered()
        proposal = line.with_user(self.buyer)._propose_reduction(9, "Packs of nine")
        for user in administrators:
            self.assertFalse(proposal.with_user(user).can_decide)
            with self.assertRaises(AccessError):
                decide(user, proposal)
        proposal.with_user(self.buyer).action_withdraw()
        self.planner.active = False
        administrators.group_ids += self.env.ref("purchase.group_purchase_user")
        proposal = line.with_user(second)._propose_reduction(9, "Packs of nine")
        self.assertIn(proposal.planner_id, administrators - second)
        self.assertEqual(proposal.activity_ids.user_id, proposal.planner_id)
        for user in (second, foreign, portal, self.buyer, self.head, self.applicant, self.manager):
            for method in ("action_agree", "action_refuse"):
                with self.subTest(user=user.login, method=method), self.assertRaises(AccessError):
                    decide(user, proposal, method)
        self.assertEqual((proposal.state, line.product_qty), ("asked", 12))
        decide(proposal.planner_id, proposal)
        self.assertRecordValues(proposal, [{"state": "agreed", "decided_by": proposal.planner_id.id}])
        self.assertEqual((line.product_qty, request.line_ids.product_qty), (9, 9))
        with self.assertRaises(UserError):
            decide(proposal.planner_id, proposal)

    def test_planner_who_leaves_while_he_is_asked(self):
        """MAT-8: the question of a planner who is archived before he answers is an administrator's, not of him who
        proposed it; also where it is about a requisition."""
        production = self._production(4)
        request = self.env["purchase.request"].search([("production_id", "=", production.id)])
        request.with_user(self.planner).button_to_approve()
        request.with_user(self.manager).button_approved()
        self.env["change.production.qty"].create({"mo_id": production.id, "product_qty": 3}).change_prod_qty()
        proposal = self.env["purchase.reduction"].search([("request_line_id", "=", request.line_ids.id)])
        self.assertEqual(proposal.planner_id, self.planner)
        with self.assertRaises(AccessError):
            proposal.with_user(self.administrator).action_refuse("Needed")
        self.planner.active = False
        self.assertTrue(proposal.with_user(self.administrator).can_decide)
        proposal.with_user(self.administrator).action_refuse("Needed for the next sets")
        self.assertEqual((proposal.state, request.line_ids.product_qty), ("refused", 12))
        self.env["change.production.qty"].create({"mo_id": production.id, "product_qty": 2}).change_prod_qty()
        proposal = self.env["purchase.reduction"].search([
            ("request_line_id", "=", request.line_ids.id), ("state", "=", "asked")])
        self.assertNotEqual(proposal.planner_id, self.planner)
        self.assertTrue(proposal.activity_ids.user_id.active)

    def test_bad_proposals(self):
        """MAT-8: no quantity, more than now, less than was received, no reason: refused; the answer is not forged."""
        _production, _request, line = self._ordered()
        mine = line.with_user(self.buyer)
        for quantity, reason in ((12, "Why not"), (13, "Why not"), (-1, "Why not"), (float("nan"), "Why not"),
                                 (5, "x")):
            with self.subTest(quantity=quantity), self.assertRaises(UserError):
                mine._propose_reduction(quantity, reason)
        self._receive(line.order_id.picking_ids, 4)
        with self.assertRaises(UserError):
            mine._propose_reduction(3, "Enough is here")
        proposal = mine._propose_reduction(4, "Enough is here")
        for user in (self.buyer, self.planner):
            for values in ({"state": "agreed"}, {"planner_id": self.buyer.id}, {"quantity_after": 0}):
                with self.assertRaises(AccessError):
                    proposal.with_user(user).write(values)
            with self.assertRaises(AccessError):
                proposal.with_user(user).unlink()

    def test_smaller_manufacturing_order_asks(self):
        """MAT-8: a manufacturing order that falls after its material was ordered (trap 10) asks its planner whether
        the purchase falls, too; twice makes one question."""
        production, request, line = self._ordered()
        change = self.env["change.production.qty"]
        change.create({"mo_id": production.id, "product_qty": 3}).change_prod_qty()
        self.assertEqual(line.product_qty, 12)
        proposal = self.env["purchase.reduction"].search([("line_id", "=", line.id)])
        self.assertEqual((proposal.planner_id, proposal.quantity_after), (self.planner, 9))
        change.create({"mo_id": production.id, "product_qty": 2}).change_prod_qty()
        self.assertEqual(proposal.quantity_after, 6)
        proposal.with_user(self.planner).action_agree()
        self.assertEqual((line.product_qty, request.line_ids.product_qty), (6, 6))
        self.assertEqual(self._get_receipts(line), 6)

    def test_smaller_demand_of_an_approved_request(self):
        """MAT-8: what is approved and not ordered yet falls when its planner agrees."""
        production = self._production(4)
        request = self.env["purchase.request"].search([("production_id", "=", production.id)])
        request.with_user(self.planner).button_to_approve()
        request.with_user(self.manager).button_approved()
        change = self.env["change.production.qty"]
        change.create({"mo_id": production.id, "product_qty": 1}).change_prod_qty()
        line = request.line_ids
        self.assertEqual(line.product_qty, 12)
        proposal = self.env["purchase.reduction"].search([("request_line_id", "=", line.id)])
        self.assertEqual(proposal.quantity_after, 3)
        proposal.with_user(self.planner).action_agree()
        self.assertEqual((line.product_qty, line.qty_to_order), (3, 3))

    def test_order_without_request(self):
        """MAT-8: products that are bought without a request are guarded by the demand that waits for them."""
        self.breaker.purchase_request = False
        production = self._production(4)
        line = production.move_raw_ids.created_purchase_line_ids
        self.assertEqual(line.product_qty, 12)
        with self.assertRaisesRegex(UserError, production.name):
            line.with_user(self.buyer).product_qty = 11
        line.order_id.button_confirm()
        self.env["change.production.qty"].create({"mo_id": production.id, "product_qty": 3}).change_prod_qty()
        proposal = self.env["purchase.reduction"].search([("line_id", "=", line.id)])
        self.assertEqual((line.product_qty, proposal.quantity_after), (12, 9))
        proposal.with_user(self.planner).action_agree()
        self.assertEqual((line.product_qty, self._get_receipts(line)), (9, 9))
        self.assertNotIn("cancel", production.move_raw_ids.mapped("state"))

    def test_dates_are_free(self):
        """MAT-8: who buys less asks; price and date stay the buyer's."""
        _production, _request, line = self._ordered(confirm=False)
        line.with_user(self.buyer).write({"price_unit": 90, "date_planned": line.date_planned + timedelta(days=1)})
        self.assertEqual(line.price_unit, 90)

    def test_asked_anew(self):
        """MAT-8: proposed anew, the planner's to-do asks for the quantity that is proposed now."""
        _production, _request, line = self._ordered()
        reductions = self.env["purchase.reduction"].with_user(self.buyer)
        reductions._propose(6, "One cabinet less", line=line)
        proposal = reductions._propose(5, "Even fewer", line=line).sudo()
        self.assertEqual(len(proposal.activity_ids), 1)
        self.assertIn(": 5 ", proposal.activity_ids.summary)

    def test_need_in_another_unit(self):
        """MAT-8: of a need in dozens that is bought in pieces, a dozen less is one dozen less; nothing is ordered
        again."""
        request = self._request()
        request.line_ids.write({"product_uom_id": self.env.ref("uom.product_uom_dozen").id, "product_qty": 2})
        request.button_to_approve()
        request.with_user(request.assigned_to).button_approved()
        order = self._order(request)
        order.button_confirm()
        self.assertEqual(order.order_line.product_qty, 24)
        proposal = self.env["purchase.reduction"].with_user(self.buyer)._propose(
            12, "A dozen less", line=order.order_line)
        proposal.sudo().action_agree()
        self.assertRecordValues(request.sudo().line_ids, [{"product_qty": 1, "qty_to_order": 0}])
