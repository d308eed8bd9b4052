"""What only actions write is refused by every door: RPC, import, commands of a parent, other models."""
from lxml import etree

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RequestCommon


@tagged("-at_install", "post_install")
class TestRequestDoors(RequestCommon):

    def _refused(self, call, *args, **kwargs):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            call(*args, **kwargs)

    def test_state_is_not_written(self):
        """PUR-1: nobody writes the approval by hand: not the applicant, not an administrator, not the buyer."""
        request = self._submitted()
        for user in (self.applicant, self.administrator, self.manager, self.buyer, self.head, self.keeper):
            for values in ({"state": "approved"}, {"approved_by": user.id}, {"assigned_to": user.id},
                           {"requested_by": user.id}, {"submitted_by": False}):
                with self.subTest(user=user.login, values=values):
                    self._refused(request.with_user(user).write, values)
        self.assertEqual(request.state, "to_approve")
        self._refused(self._request, state="approved")
        born = self.env["purchase.request"].with_user(self.applicant).with_context(default_state="approved").create(
            {"description": "From the context"})
        self.assertEqual(born.state, "draft")

    def test_form_says_who_is_asked(self):
        """PUR-1: the notice above the form names whose approval is awaited; the field below it is who approved."""
        arch = etree.fromstring(self.env["purchase.request"].get_view(view_type="form")["arch"])
        self.assertEqual(len(arch.xpath("//div[contains(@class, 'alert-info')]//field[@name='assigned_to']")), 1)
        self.assertFalse(arch.xpath("//sheet//field[@name='assigned_to']"))
        self.assertEqual(len(arch.xpath("//sheet//field[@name='approved_by']")), 1)

    def test_actions_ask_for_rights(self):
        """PUR-1: the methods that RPC reaches check who calls and in which state."""
        draft, asked, approved = self._request(), self._submitted(), self._approved()
        for request, user, method in (
                (draft, self.applicant, "button_approved"), (asked, self.applicant, "button_approved"),
                (asked, self.planner, "button_approved"), (asked, self.administrator, "button_approved"),
                (draft, self.buyer, "button_in_progress"), (asked, self.buyer, "button_in_progress"),
                (draft, self.buyer, "button_done"), (approved, self.applicant, "button_done"),
                (approved, self.applicant, "button_in_progress"), (asked, self.applicant, "action_reject"),
                (draft, self.planner, "button_to_approve")):
            with self.subTest(state=request.state, user=user.login, method=method):
                self._refused(getattr(request.with_user(user), method))

    def test_lines_stay_as_approved(self):
        """PUR-1: after it is asked for, neither quantities nor lines change: by the line, the parent's commands, the
        buyer's order line, the window for quotations, or an import."""
        for request in (self._submitted(), self._approved()):
            line = request.line_ids
            for user in (self.applicant, self.administrator, self.keeper, self.buyer):
                mine, my_line = request.with_user(user), line.with_user(user)
                for values in ({"product_qty": 99}, {"product_id": self.busbar.id}, {"cancelled": True},
                               {"date_required": "2030-01-01"}, {"request_id": False}, {"estimated_cost": 1}):
                    with self.subTest(state=request.state, user=user.login, values=values):
                        self._refused(my_line.write, values)
                        self._refused(mine.write, {"line_ids": [Command.update(line.id, values)]})
                self._refused(mine.write, {"line_ids": [Command.create({
                    "product_id": self.busbar.id, "product_qty": 5})]})
                self._refused(mine.line_ids.create, {
                    "request_id": request.id, "product_id": self.busbar.id, "product_qty": 5})
                self._refused(mine.write, {"line_ids": [Command.delete(line.id)]})
                self._refused(my_line.do_cancel)
                self._refused(my_line.unlink)
                self._refused(mine.unlink)
            self.assertEqual((line.product_qty, line.product_id, len(request.line_ids)), (10, self.breaker, 1))

    def test_superuser_keeps_what_was_approved(self):
        """PUR-1: code that works as superuser changes neither the material nor the lines of an approved request."""
        request = self._approved()
        for values in ({"description": "Other"}, {"production_id": False, "company_id": False},
                       {"line_ids": [Command.create({"product_id": self.busbar.id, "product_qty": 5})]}):
            self._refused(request.sudo().write, values)
        self._refused(request.sudo().line_ids.write, {"product_id": self.busbar.id})
        self._refused(request.sudo().line_ids.create, {"request_id": request.id, "product_qty": 5})

    def test_import_is_fenced(self):
        """PUR-1: an import makes drafts, and changes none that was asked for."""
        requests = self.env["purchase.request"].with_user(self.applicant)
        result = requests.load(["description", "state"], [["Imported", "approved"]])
        self.assertTrue(result["messages"] and not result["ids"])
        result = requests.load(["description", "request_kind", "line_ids/product_id/.id", "line_ids/product_qty"], [
            ["Imported", "advance", str(self.breaker.id), "4"]])
        self.assertEqual(requests.browse(result["ids"]).mapped("state"), ["draft"])
        asked = self._submitted()
        result = requests.load([".id", "line_ids/.id", "line_ids/product_qty"], [
            [str(asked.id), str(asked.line_ids.id), "400"]])
        self.assertFalse(result["ids"])
        self.assertEqual(asked.line_ids.product_qty, 10)

    def test_order_line_is_no_door(self):
        """PUR-1: a buyer orders what was approved, of the product that was approved, and cannot write through."""
        draft, approved = self._request(), self._approved()
        order = self.env["purchase.order"].with_user(self.buyer).create({"partner_id": self.supplier.id})
        lines = self.env["purchase.order.line"].with_user(self.buyer)
        values = {"order_id": order.id, "product_id": self.breaker.id, "product_qty": 10}
        self._refused(lines.create, {**values, "purchase_request_lines": [Command.link(draft.line_ids.id)]})
        self._refused(lines.create, {**values, "product_id": self.busbar.id, "purchase_request_lines": [
            Command.link(approved.line_ids.id)]})
        line = self._order(approved).order_line
        self._refused(line.with_user(self.buyer).write, {"purchase_request_lines": [
            Command.update(approved.line_ids.id, {"product_qty": 500})]})
        share = approved.line_ids.purchase_request_allocation_ids
        for user in (self.applicant, self.planner):
            self._refused(share.with_user(user).write, {"allocated_product_qty": 10})
        self._refused(share.with_user(self.buyer).write, {"requested_product_uom_qty": -5})

    def test_share_of_an_order_stays(self):
        """MAT-8, PUR-1: the buyer does not take the need off a confirmed order, by which he could buy less without the
        planner; a receipt in parts still splits it."""
        approved = self._approved()
        order = self._order(approved)
        order.with_user(self.buyer).button_confirm()
        line, share = order.order_line, approved.line_ids.purchase_request_allocation_ids
        for user in (self.buyer, self.keeper):
            for values in ({"requested_product_uom_qty": 0}, {"purchase_line_id": False}):
                with self.subTest(user=user.login, values=values):
                    self._refused(share.with_user(user).with_context(purchase_request_split=True).write, values)
        self._refused(line.with_user(self.buyer).write, {
            "purchase_request_allocation_ids": [Command.update(share.id, {"requested_product_uom_qty": 0})]})
        self._refused(line.with_user(self.buyer).write, {"product_qty": 4})
        picking = order.picking_ids.with_user(self.keeper)
        self._receive(picking, 4)
        shares = approved.line_ids.purchase_request_allocation_ids
        self.assertEqual((len(order.picking_ids), shares.mapped("requested_product_uom_qty")), (2, [4, 6]))
        self._refused(shares[1].with_user(self.buyer).write, {"requested_product_uom_qty": 0})
        self._refused(line.with_user(self.buyer).write, {"product_qty": 7})
        line.with_user(self.buyer)._propose_reduction(7, "The supplier has no more").with_user(
            self.applicant).action_agree()
        self.assertEqual((line.product_qty, approved.line_ids.product_qty, sum(shares.mapped(
            "requested_product_uom_qty"))), (7, 7, 7))

    def test_window_makes_what_is_approved(self):
        """PUR-1: the window for quotations takes no line that is not approved, none twice, and no more than is asked
        for; a part leaves the rest to be ordered."""
        draft, approved = self._request(), self._approved()
        wizards = self.env["purchase.request.line.make.purchase.order"].with_user(self.buyer)

        def window(*lines_and_quantities):
            return wizards.create({"supplier_id": self.supplier.id, "item_ids": [Command.create({
                "line_id": line.id, "name": "x", "product_qty": quantity, "product_uom_id": line.product_uom_id.id,
            }) for line, quantity in lines_and_quantities]})
        line = approved.line_ids
        for items in ([(draft.line_ids, 1)], [(line, 11)], [(line, -1)], [(line, 5), (line, 5)], []):
            with self.subTest(items=items):
                self._refused(window(*items).make_purchase_order)
        window((line, 4)).make_purchase_order()
        self.assertEqual((line.qty_to_order, line.purchase_lines.product_qty), (6, 4))
        self.assertEqual(line.product_id, self.breaker)
        self._refused(window((line, 7)).make_purchase_order)
        window((line, 6)).make_purchase_order()
        self.assertEqual((line.qty_to_order, approved.state), (0, "in_progress"))
        cancelled = line.purchase_lines[:1]
        cancelled.order_id.with_user(self.buyer).button_cancel()
        self.assertEqual(line.qty_to_order, cancelled.product_qty)
