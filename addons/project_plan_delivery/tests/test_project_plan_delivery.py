from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.project_plan_review.tests.common import PlanReviewCommon


@tagged("-at_install", "post_install")
class TestProjectPlanDelivery(PlanReviewCommon):
    """An order with its plan, of which only the delivery is left."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.delivery_notice_required = True
        if "delivery_needs_contract" in cls.company:
            cls.company.delivery_needs_contract = False
        cls.special.is_storable = True
        cls.shipper = cls._user(
            "shipper", "order_delivery.group_delivery_desk,sales_team.group_sale_salesman_all_leads")

    def _asked(self):
        order = self._ready()
        self._instruct(order)
        paper = self.env["project.plan.unshipped"].create({
            "project_id": order.plan_project_ids[:1].id, "user_id": order.user_id.id})
        return order, paper.with_user(order.user_id)

    def _notice(self, order, **values):
        notice = self.env["delivery.notice"].with_user(self.shipper)._make(
            order.picking_ids.filtered("needs_delivery_notice").with_user(self.shipper))
        notice.write({"date_planned": fields.Datetime.now() + timedelta(days=2),
                      "date_arrival": fields.Datetime.now() + timedelta(days=3), "contact_name": "Mr. Wang",
                      "packing": "Crates", **values})
        return notice

    def _answer(self, paper, days):
        day = self.company._get_today() + timedelta(days=days)
        paper.write({"shipping_date": day, "note": "The site is ready then"})
        paper.action_answer()
        return day

    def test_transfers_and_draft_move(self):
        """PLN-8, DLV-1: the answered day moves the order's transfers, so that the notice made of them proposes it; a
        notice that is not released moves with its arrival; another person answers nothing."""
        order, paper = self._asked()
        self.assertFalse(paper.delivery_notices)
        with self.assertRaises(AccessError):
            paper.with_user(self.shipper).action_answer()
        day = self._answer(paper, 9)
        self.assertEqual(self.company._get_day(order.picking_ids.scheduled_date), day)
        notice = self._notice(order, date_planned=order.picking_ids.scheduled_date,
                              date_arrival=order.picking_ids.scheduled_date + timedelta(days=1))
        self.env.invalidate_all()
        self.assertEqual(paper.delivery_notices, notice.name)
        day = self._answer(paper, 4)
        self.assertEqual(self.company._get_day(notice.date_planned), day)
        self.assertEqual(notice.date_arrival - notice.date_planned, timedelta(days=1))
        self.assertIn("The site is ready then", notice.message_ids[0].body)
        self.assertFalse(notice.activity_ids)

    def test_released_notice_is_the_desks(self):
        """PLN-8, DLV-4: what is released stays as it was ordered; its order desk is asked once, until the notice is
        delayed; an answer that says the same day asks nothing."""
        order, paper = self._asked()
        notice = self._notice(order)
        notice.action_release()
        before = notice.date_planned
        self._answer(paper, (self.company._get_day(before) - self.company._get_today()).days)
        self.assertFalse(notice.sudo().activity_ids)
        self._answer(paper, 9)
        day = self._answer(paper, 10)
        self.assertEqual(notice.date_planned, before)
        self.assertEqual(notice.sudo().activity_ids.user_id, self.shipper)
        self.assertIn(str(day), notice.sudo().activity_ids.summary)
        planned = fields.Datetime.now() + timedelta(days=10)
        notice.action_report_delay(
            self.env.ref("order_delivery.cause_customer"), "The site is not ready", planned,
            planned + timedelta(days=1))
        self.assertNotIn(self.shipper, notice.sudo().activity_ids.user_id)
