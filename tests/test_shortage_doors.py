"""Every method that RPC reaches on the documents of shortages and purchasing, called by who has no business there."""
from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.material_shortage.tests.common import ShortageCommon

from doors import Doors


@tagged("post_install", "-at_install")
class TestShortageDoors(Doors, ShortageCommon):
    ours = ("material_pegging", "material_shortage", "material_shortage_quality", "purchase_request_control",
            "supplier_promise")
    windows = ("action_view_", "action_open", "action_ask_refusal", "action_ask_return", "action_find",
               "action_promise", "action_propose_reduction", "action_make_rfq", "action_report_shortage", "web_read")
    anybodys = ("action_recompute",)  # pegs are computed for all companies at once, which says nothing of theirs
    tables = ("material_shortage", "material_measure", "material_swap", "material_check", "material_peg_row",
              "material_kit", "material_run", "supplier_promise", "supplier_confirmation", "supplier_link",
              "purchase_request", "purchase_request_line", "purchase_plan", "purchase_plan_line",
              "purchase_reduction", "purchase_order", "purchase_order_line", "stock_move", "stock_move_line",
              "stock_picking", "mrp_production")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].sudo().set_param("web.base.url", "http://plant.example.com")
        cls.sister = cls.env["res.company"].create({"name": "Sister Works"})
        strong = ("mrp.group_mrp_manager,purchase.group_purchase_manager,stock.group_stock_manager,"
                  "material_shortage.group_plant_manager,purchase_request.group_purchase_request_manager")
        cls.outsiders = {
            "portal": cls._user("portal", "base.group_portal"),
            "clerk": cls.clerk,
            "sister": cls._user("sister", strong, company=cls.sister),
        }
        cls.documents = cls._make_documents()

    @classmethod
    def _make_documents(cls):
        """One of each, waiting for somebody's word."""
        cls.put(cls.breaker, 6)
        later = cls.make_order([(cls.breaker, 6)], days=20, user_id=cls.other_planner.id)
        later.action_assign()
        early = cls.make_order([(cls.breaker, 4), (cls.busbar, 2)], days=3)
        purchase = cls.buy(cls.busbar, 2, days=2)
        cls.env.flush_all()
        cls.env["material.pegging"]._refresh()
        cls.env["material.pegging"]._on_refreshed(None)
        purchase.order_line._promise((cls.now + timedelta(days=9)).date(), "The furnace is out of order")
        purchase.order_line._confirm(price=99)
        purchase._get_supplier_url("window")
        shortages = cls.env["material.shortage"].search([("production_id", "=", early.id)])
        line = shortages.filtered(lambda line: line.product_id == cls.breaker)
        cls.env["material.shortage.act"].with_user(cls.planner).create({
            "shortage_id": line.id, "kind": "swap", "giver_id": later.id, "quantity": 1}).action_take()
        line.measure_ids.with_user(cls.other_planner).action_agree()
        cls.env["material.shortage.act"].with_user(cls.planner).create({
            "shortage_id": line.id, "kind": "swap", "giver_id": later.id, "quantity": 2}).action_take()
        cls.env["material.check"]._make("kit", early)
        cls.env["material.check"]._make("issue", early)
        requests = cls._make_requests()
        reduction = cls.env["purchase.reduction"]._propose(1, "Enough is here", line=purchase.order_line)
        return [
            early, purchase, purchase.order_line, purchase.promise_ids, purchase.confirmation_ids,
            purchase.supplier_link_ids, shortages, line.measure_ids, line.measure_ids.swap_id,
            cls.env["material.check"].search([("production_id", "=", early.id)]), requests, requests.line_ids,
            cls.env["purchase.plan"].search([("create_uid", "=", cls.buyer.id)]), reduction,
            cls.env["material.kit"].search([("production_id", "=", early.id)]), early.move_raw_ids]

    @classmethod
    def _make_requests(cls):
        """A draft, one to approve, one approved and planned."""
        made = [cls.env["purchase.request"].create({
            "request_kind": "special", "description": "For the sets of May", "requested_by": cls.planner.id,
            "line_ids": [Command.create({
                "product_id": cls.busbar.id, "product_qty": 3, "product_uom_id": cls.busbar.uom_id.id,
                "name": "Busbar", "date_required": "2040-01-01"})]}) for _number in range(3)]
        made[1].button_to_approve()
        made[2].button_to_approve()
        made[2].button_approved()
        cls.env["purchase.plan"].with_user(cls.buyer).create({}).action_collect()
        return made[0] | made[1] | made[2]

    def test_nobody_outside_does_anything(self):
        """ARC-5, MAT-4, MAT-8, MAT-13, PUR-1, PUR-2, PUR-4, PUR-8: a portal user, a clerk without any role, and whoever
        is everything in another company: each method is refused in a clear word, or does nothing; no traceback."""
        self.assertGreater(self.check_nobody_acts(), 150)

    def test_sister_reads_nothing(self):
        """ARC-5: whoever is everything in another company finds and reads none of them; nor does the portal."""
        self.check_nobody_reads("portal", "sister")
