from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.project_plan_review.tests.common import PlanReviewCommon


@tagged("-at_install", "post_install")
class TestProjectPlanSupply(PlanReviewCommon):

    def test_documents_of_the_order_join_its_plan(self):
        """PLN-11, CHG-8: orders and deliveries that the confirmation made move the plan that is made after it; what is
        released to its items is the order's, so that a change can put it out of force."""
        routes = self.env.ref("stock.route_warehouse0_mto") | self.env.ref("mrp.route_warehouse0_manufacture")
        routes.active = True
        made = self._product("Cabinet to order", is_storable=True, design_class="complete_set")
        made.route_ids = [Command.set(routes.ids)]
        bar = self._product("Bar", is_storable=True)
        self.env["mrp.bom"].create({
            "product_tmpl_id": made.product_tmpl_id.id, "product_qty": 1,
            "bom_line_ids": [Command.create({"product_id": bar.id, "product_qty": 1})]})
        self.template.item_ids[0].done_rule = "delivery"
        self.template.item_ids[1].done_rule = "production"
        order = self._ready(made)
        production, delivery = order.mrp_production_ids, order.picking_ids
        self.assertTrue(production)
        self.assertFalse(production.project_id)
        plan = self._instruct(order).sudo().plan_project_id
        self.assertEqual(production.project_id, plan)
        self.assertEqual(delivery.project_id, plan)
        items = {item.done_rule: item for item in plan.plan_item_ids}
        self.assertEqual(production.plan_task_id, items["production"])
        self.assertEqual(delivery.plan_task_id, items["delivery"])
        drawing = self.env["document.release"].sudo().create({
            "kind_id": self.env.ref("document_release.kind_drawing").id, "subject": "Front", "discipline": "both",
            "res_model": "project.task", "res_id": plan.plan_item_ids[:1].id})
        releases = self.env["document.release"].sudo()
        self.assertEqual(releases.search(releases._get_domain_of(order)), drawing, "released to an item of its plan")
