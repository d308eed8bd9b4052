"""Whoever has a flow has the way to it."""
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("-at_install", "post_install")
class TestScanMenu(TransactionCase):
    def test_whoever_has_a_flow_has_the_icon(self):
        """SCN-1: store, inspectors, guards, makers and chasers: each who may use a flow sees Scan among the apps."""
        flows = [self.env[name] for name in self.env.registry if name.startswith("scan.flow.")]
        groups = {group for flow in flows for group in flow._flow_groups}
        self.assertGreater(len(groups), 3)
        menu = self.env.ref("warehouse_scan.scan_menu_root").id
        blind = [group for number, group in enumerate(sorted(groups)) if menu not in self.env["ir.ui.menu"].with_user(
            new_test_user(self.env, f"scan_menu_{number}", groups=f"base.group_user,{group}"))._visible_menu_ids()]
        self.assertFalse(blind, "these have flows and no icon")
