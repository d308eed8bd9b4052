from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RequestCommon


@tagged("-at_install", "post_install")
class TestPurchasePlan(RequestCommon):
    """What is bought next: approved needs, stock, lead times (PUR-2)."""

    def _plan(self, **values):
        plan = self.env["purchase.plan"].with_user(self.buyer).create(values)
        plan.action_collect()
        return plan

    def test_new_plan_is_called_new(self):
        """PUR-2: a plan that has no number yet is not called by a stroke."""
        self.assertEqual(self.env["purchase.plan"].new({}).display_name, "New")
        self.assertEqual(self.env["purchase.reduction"].new({}).display_name, "New")

    def test_nothing_to_collect_is_said(self):
        """PUR-2: a plan that finds nothing to collect says so, in place of doing nothing."""
        self._approved()
        first, second = self.env["purchase.plan"].with_user(self.buyer).create([{}, {}])
        self.assertIs(first.action_collect(), True)
        first.action_submit()
        self.assertEqual(second.action_collect()["tag"], "display_notification")

    def test_to_buy(self):
        """PUR-2: the list to buy holds what is approved and not ordered, with stock and the day to order."""
        self.env["stock.quant"]._update_available_quantity(self.breaker, self.stock, 7)
        asked, draft = self._approved(), self._request()
        lines = self.env["purchase.request.line"].with_user(self.buyer).search([("qty_to_order", ">", 0)])
        self.assertIn(asked.line_ids, lines)
        self.assertNotIn(draft.line_ids, lines)
        line = lines & asked.line_ids
        self.assertEqual((line.qty_on_hand, line.qty_free, line.qty_incoming, line.qty_to_order), (7, 7, 0, 10))
        self._order(self._approved(quantity=2)).button_confirm()
        line.invalidate_recordset()
        self.assertEqual((line.qty_incoming, line.supplier_id), (2, self.supplier))

    def test_order_by_counts_working_days(self):
        """PUR-2: the day to order is the need minus the lead time in working days, holidays left out; late ones are
        found."""
        calendar = self.env["resource.calendar"].create({"name": "Five days", "tz": "Asia/Shanghai"})
        self.company.resource_calendar_id = calendar
        self.assertEqual(self.company._get_order_day(date(2030, 5, 13), 5), date(2030, 5, 6))  # Monday to Monday
        self.assertEqual(self.company._get_order_day(date(2030, 5, 13), 0), date(2030, 5, 13))
        self.env["resource.calendar.leaves"].create({
            "name": "Closed", "calendar_id": calendar.id, "company_id": self.company.id,
            "date_from": datetime(2030, 5, 7, 16), "date_to": datetime(2030, 5, 8, 16)})
        self.assertEqual(self.company._get_order_day(date(2030, 5, 13), 5), date(2030, 5, 3))
        self.company.purchase_lead_working = False
        self.assertEqual(self.company._get_order_day(date(2030, 5, 13), 5), date(2030, 5, 8))
        request = self._request()
        request.line_ids.date_required = self.today + timedelta(days=3)
        request.button_to_approve()
        request.with_user(self.manager).button_approved()
        line = request.line_ids
        self.assertTrue(line.is_late)
        late = self.env["purchase.request.line"].search([("is_late", "=", True)])
        self.assertIn(line, late)
        self.assertNotIn(line, self.env["purchase.request.line"].search([("is_late", "=", False)]))
        with freeze_time(self.today - timedelta(days=30)):
            line.invalidate_recordset(["is_late"])
            self.assertFalse(line.is_late)

    def test_plan_is_approved_then_ordered(self):
        """PUR-2: the buyer collects, the head of purchasing approves, then each supplier gets his request for
        quotation, needs on lines of their own."""
        other = self.env["res.partner"].create({"name": "Copper Works"})
        self.busbar.seller_ids.partner_id = other
        requests = self._approved() + self._approved(quantity=4) + self._approved(product=self.busbar)
        plan = self._plan()
        mine = plan.line_ids.filtered(lambda line: line.request_id in requests)
        self.assertEqual(mine.mapped("quantity"), [10, 4, 10])
        self.assertEqual(mine.supplier_id, self.supplier | other)
        self.assertEqual(mine[0].order_by, mine[0].request_line_id.order_by)
        (plan.line_ids - mine).unlink()
        mine[0].quantity = 6
        for user, method in ((self.buyer, "action_approve"), (self.head, "action_approve"),
                             (self.buyer, "action_make_rfqs"), (self.applicant, "action_submit")):
            with self.assertRaises(UserError):
                getattr(plan.with_user(user), method)()
        plan.action_submit()
        self.assertEqual(len(plan.activity_ids), 1)
        with self.assertRaises(AccessError):
            plan.action_approve()
        with self.assertRaises(UserError):
            mine[0].quantity = 5
        plan.with_user(self.head).action_approve()
        self.assertRecordValues(plan, [{"state": "approved", "approved_by": self.head.id}])
        plan.action_make_rfqs()
        self.assertEqual((plan.state, plan.order_count), ("done", 2))
        self.assertEqual(plan.order_ids.partner_id, self.supplier | other)
        breakers = plan.order_ids.order_line.filtered(lambda line: line.product_id == self.breaker)
        self.assertEqual(sorted(breakers.mapped("product_qty")), [4, 6])
        self.assertEqual(requests.line_ids.mapped("qty_to_order"), [4, 0, 0])

    def test_head_of_several_companies(self):
        """PUR-2, ARC-5: the head works for a company too that the buyer does not see; the plan reaches him."""
        other = self.env["res.company"].create({"name": "Sister Works"})
        self.head.company_ids = [Command.link(other.id)]
        self._approved()
        plan = self._plan().with_context(allowed_company_ids=self.company.ids)
        self.env.invalidate_all()
        plan.action_submit()
        self.assertIn(plan.activity_ids.user_id, self.env.ref("purchase.group_purchase_manager").all_user_ids)

    def test_nobody_approves_his_own_plan(self):
        """PUR-2: the head's own plan is another's to approve, unless the company says so; handed back with a reason
        it is open again."""
        self._approved()
        plan = self.env["purchase.plan"].with_user(self.head).create({})
        plan.action_collect()
        plan.action_submit()
        self.assertFalse(plan.can_approve)
        with self.assertRaisesRegex(AccessError, "your own"):
            plan.action_approve()
        with self.assertRaises(UserError):
            plan.action_return("")
        plan.action_return("Take the smaller lot")
        self.assertEqual(plan.state, "draft")
        plan.action_submit()
        self.company.purchase_self_approval = True
        plan.action_approve()
        self.assertEqual(plan.state, "approved")

    def test_bad_plans(self):
        """PUR-2: a plan without lines or supplier, of more than is asked for, of nothing: refused; what is on a plan
        under way is not taken by another one."""
        empty = self.env["purchase.plan"].with_user(self.buyer).create({})
        with self.assertRaisesRegex(UserError, "no lines"):
            empty.action_submit()
        request = self._approved()
        plan = self._plan()
        line = plan.line_ids.filtered(lambda line: line.request_id == request)
        for quantity in (11, 0, -1, float("nan")):
            with self.subTest(quantity=quantity), self.assertRaises(UserError), self.env.cr.savepoint():
                line.write({"quantity": quantity})
        for values in ({"state": "approved"}, {"approved_by": self.buyer.id}, {"user_id": self.head.id}):
            with self.assertRaises(AccessError):
                plan.write(values)
        with self.assertRaises(AccessError):
            line.order_by = "2031-01-01"
        line.supplier_id = False
        with self.assertRaisesRegex(UserError, "supplier"):
            plan.action_submit()
        line.supplier_id = self.supplier
        plan.action_submit()
        self.assertNotIn(request, self._plan().line_ids.request_id)
        with self.assertRaises(UserError):
            plan.unlink()

    def test_plan_may_be_required(self):
        """PUR-2: where the company wants it, a request is ordered by an approved plan only."""
        self.company.purchase_plan_required = True
        request = self._approved()
        with self.assertRaisesRegex(UserError, "purchase plan"):
            self._order(request)
        plan = self._plan()
        plan.action_submit()
        plan.with_user(self.head).action_approve()
        plan.action_make_rfqs()
        self.assertFalse(request.line_ids.qty_to_order)

    def test_plan_of_another_company(self):
        """ARC-5: a plan takes the needs of its company, and is read there only."""
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._user("stranger", "purchase.group_purchase_manager", company_id=other.id,
                              company_ids=[Command.set(other.ids)])
        request = self._approved()
        plan = self._plan()
        self.assertIn(request, plan.line_ids.request_id)
        self.assertFalse(self.env["purchase.plan"].with_user(stranger).search([("id", "=", plan.id)]))
        theirs = self.env["purchase.plan"].with_user(stranger).create({})
        theirs.action_collect()
        self.assertFalse(theirs.line_ids)
