from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import QualityCommon


@tagged("post_install", "-at_install")
class TestTrigger(QualityCommon):
    """What makes an inspection: triggers as records, and the first of them, goods that customers return."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create({"name": "Power Station"})
        cls.env["quality.inspection.plan"].search([]).active = False
        cls.plan = cls.make_plan(name="Returned goods", trigger="customer_return")

    def give_back(self, product, quantity, lots=None, partner=None):
        """A customer's return, validated; returns the move."""
        picking = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.in_type_id.id, "partner_id": (partner or self.customer).id,
            "location_id": self.customer_location.id, "location_dest_id": self.stock.id})
        move = self.make_move(product, quantity, self.customer_location, self.stock, lots, picking_id=picking.id)
        move._action_confirm(merge=False)
        picking.with_user(self.storekeeper).button_validate()
        self.assertEqual(move.state, "done")
        return move

    def test_returned_goods_are_held_and_inspected(self):
        """REC-2, REC-7: what a customer returns waits in the inspection area and is used by nobody before its verdict;
        accepted, it goes where its receipt would have gone."""
        move = self.give_back(self.product, 8)
        self.assertRecordValues(move, [{
            "location_dest_id": self.hold.id, "quality_release_location_id": self.stock.id}])
        inspection = move.quality_inspection_ids
        self.assertRecordValues(inspection, [{
            "trigger": "customer_return", "state": "pending", "plan_id": self.plan.id, "quantity_held": 8,
            "partner_id": self.customer.id, "picking_id": move.picking_id.id, "location_id": self.hold.id}])
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(
            self.product, self.warehouse.view_location_id), 0)
        self.conclude(inspection)
        self.assertEqual(self.quantity_in(self.stock, self.product), 8)

    def test_returns_without_a_plan_go_their_way(self):
        """REC-4: a return that no plan is for is left alone: another customer, a plan for receipts only."""
        self.plan.partner_ids = self.supplier
        move = self.give_back(self.product, 8)
        self.assertRecordValues(move, [{"location_dest_id": self.stock.id, "quality_inspection_ids": []}])
        self.plan.write({"partner_ids": [Command.set(self.customer.ids)]})
        self.assertEqual(self.give_back(self.product, 8).location_dest_id, self.hold)
        self.plan.write({"trigger": "incoming", "partner_ids": False})
        self.assertEqual(self.give_back(self.product, 8).location_dest_id, self.stock)

    def test_serial_numbers_of_a_return_are_one_lot(self):
        """REC-2: serial numbers that come back together are inspected together, lots one by one."""
        serials = self.make_lots(self.serial_product, "S1", "S2", "S3")
        inspection = self.give_back(self.serial_product, 3, serials).quality_inspection_ids
        self.assertRecordValues(inspection, [{"quantity": 3, "lot_ids": serials.ids, "held_lot_ids": serials.ids}])
        lots = self.make_lots(self.lot_product, "L1", "L2")
        inspections = self.give_back(self.lot_product, 6, lots).quality_inspection_ids
        self.assertEqual(
            {(one.lot_id, one.quantity) for one in inspections}, {(lots[0], 3), (lots[1], 3)})

    def test_rejected_return_is_no_report_of_the_customer(self):
        """NCR-1, NCR-4: a rejected return is reported from the site, without the customer as its supplier; sent back to
        the supplier that quality names, it does not count as the return of the customer's transfer."""
        move = self.give_back(self.product, 8)
        self.conclude(move.quality_inspection_ids, defects=8)
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", move.quality_inspection_ids.id)])
        self.assertRecordValues(report, [{"source": "site", "partner_id": False}])
        report.partner_id = self.supplier
        row = self.env["quality.disposition"].create({
            "nonconformity_id": report.id, "kind": "return", "quantity": 8, "settlement": "credit", "reason": "Faulty",
            "partner_id": self.supplier.id})
        picking = row._create_return()
        self.assertEqual(picking.picking_type_id, self.warehouse.out_type_id)
        self.assertRecordValues(picking.move_ids, [{
            "location_dest_id": self.supplier_location.id, "origin_returned_move_id": False, "product_uom_qty": 8}])

    def test_return_to_the_customer_before_the_verdict(self):
        """REC-7: the customer may have his goods back before their verdict; the inspection follows."""
        move = self.give_back(self.product, 8)
        wizard = Form(self.env["stock.return.picking"].with_context(
            active_id=move.picking_id.id, active_ids=move.picking_id.ids, active_model="stock.picking")).save()
        wizard.product_return_moves.quantity = 3
        back = wizard._create_return()
        back.move_ids.picked = True
        back.button_validate()
        self.assertEqual(back.move_ids.location_dest_id, self.customer_location)
        self.assertEqual(move.quality_inspection_ids.quantity, 5)

    def test_queries_do_not_grow_with_the_returns(self):
        """REC-2: what inspections add to a return is the same number of queries for 3 products and for 12."""
        products = self.env["product.product"].create([
            {"name": f"Part {number}", "is_storable": True} for number in range(12)])
        self._added_queries(products[:1])  # caches warm
        few, many = self._added_queries(products[:3]), self._added_queries(products)
        self.assertLessEqual(many, few)

    def _added_queries(self, products):
        """Queries of finding the plans of a return, and of making its inspections."""
        moves = self.env["stock.move"].union(*(self.give_back(product, 4) for product in products))
        plans = dict.fromkeys(moves.ids, self.plan.sudo())
        moves.quality_inspection_ids.sudo()._cancel("Measured again")
        self.env.flush_all()
        begin = self.env.cr.sql_log_count
        moves._create_inspections(plans)
        self.env.flush_all()
        return self.env.cr.sql_log_count - begin

    def test_no_plan_costs_no_query(self):
        """REC-2: finding that no plan is for a return takes no query."""
        self.plan.active = False
        move = self.make_move(self.product, 1, self.customer_location, self.stock)
        move._get_inspection_plans()
        with self.assertQueryCount(0):
            self.assertFalse(move._turn_to_inspection())

    def test_trigger_is_a_record(self):
        """REC-4: a company's own occasion is added as a record: plans and requests by hand are of it, and a plan of
        another one stands in where it says so."""
        trigger = self.env["quality.inspection.trigger"].with_user(self.head).create({
            "name": "Yearly audit", "code": "audit", "nonconformity_source": "site",
            "plan_trigger_ids": [Command.set(self.env.ref("quality_inspection.trigger_customer_return").ids)]})
        Trigger = self.env["quality.inspection.trigger"]
        self.assertEqual(Trigger._find_plans("audit", self.product), {self.product.id: self.plan})
        plan = self.make_plan(name="Audit", trigger="audit")
        self.assertEqual(Trigger._find_plans("audit", self.product), {self.product.id: plan})
        request = self.env["quality.inspection"].with_user(self.inspector).create({
            "product_id": self.product.id, "quantity": 4, "trigger": "audit", "plan_id": self.plan.id})
        request.action_submit()
        self.assertEqual(request._get_selection_label("trigger"), "Yearly audit")
        trigger.name = "Audit of the year"
        self.assertEqual(request._get_selection_label("trigger"), "Audit of the year")
        for record in (plan, request.sudo()):
            with self.assertRaisesRegex(ValidationError, "\"nonsense\" is no inspection trigger"):
                record.trigger = "nonsense"

    def test_trigger_in_use_stays(self):
        """REC-4: the code that plans and inspections name neither changes nor goes; an unused trigger does."""
        trigger = self.env.ref("quality_inspection.trigger_customer_return").with_user(self.head)
        with self.assertRaisesRegex(UserError, "code of an inspection trigger stays"):
            trigger.code = "other"
        with self.assertRaisesRegex(UserError, "it stays"):
            trigger.unlink()
        self.plan.active = False
        with self.assertRaisesRegex(UserError, "it stays"):
            trigger.unlink()
        unused = trigger.create({"name": "Unused", "code": "unused"})
        self.assertIn("unused", dict(unused._get_selection()))
        unused.unlink()
        self.assertNotIn("unused", dict(trigger._get_selection()))

    def test_triggers_are_the_heads(self):
        """REC-4: the head of quality keeps the triggers, an inspector reads them."""
        trigger = self.env.ref("quality_inspection.trigger_customer_return").with_user(self.inspector)
        self.assertEqual(trigger.code, "customer_return")
        with self.assertRaises(AccessError):
            trigger.name = "Mine"

    def test_capability_counts_new_goods_only(self):
        """REV-3: a plan for returns says nothing of whether the goods can be inspected when they are bought."""
        self.assertIn("No inspection plan applies", self.product.quality_capability)
        self.plan.trigger = "incoming"
        self.env.invalidate_all()
        self.assertIn("Returned goods", self.product.quality_capability)
