from odoo.tests import new_test_user

from .common import ProductionCommon


class TestLanding(ProductionCommon):
    """SLA-2: people begin where their work is."""

    def landing(self, groups):
        user = new_test_user(self.env, groups.rpartition(",")[2], groups=f"base.group_user,{groups}")
        return user._get_landing_action_id()

    def test_each_role_begins_at_its_work(self):
        """SLA-2: inspector, guard, storekeeper and fitter begin at their queue, gate, receipts and cards."""
        for groups, action in {
            "quality_inspection.group_quality_user": "quality_inspection.quality_inspection_action_queue",
            "stock_gate_pass.group_gate_guard": "stock_gate_pass.gate_scan_action",
            "stock.group_stock_user": "quality_inspection.stock_picking_action_receipts",
            "mrp.group_mrp_user": "quality_production.process_card_action",
        }.items():
            self.assertEqual(self.landing(groups), self.env.ref(action).id)

    def test_heads_and_others_begin_where_odoo_does(self):
        """SLA-2: whose work has no single page is led nowhere."""
        self.assertFalse(self.landing("quality_inspection.group_quality_manager"))
        self.assertFalse(self.landing("mrp.group_mrp_manager"))
        self.assertFalse(self.landing("base.group_partner_manager"))

    def test_who_makes_goods_reports_from_the_shop_floor(self):
        """NCR-1, NCR-3: an operator has rights in stock, and yet what he finds was made on the floor."""
        report = self.env["quality.nonconformity"].with_user(self.operator)
        self.assertEqual(report.default_get(["source"])["source"], "process")
