"""Every way around the inspection that Odoo offers, tried by the people who could: nothing gets out uninspected."""
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, TransactionCase, new_test_user, tagged

import quality_company as qc

REFUSED = UserError  # with its kinds: no access, not valid


@tagged("post_install", "-at_install")
class TestQualityDoors(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids |= cls.env.ref("stock.group_production_lot")
        qc.hire(cls.env)
        cls.keeper = new_test_user(cls.env, "qd_keeper", groups="base.group_user,stock.group_stock_manager")
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.env.company.id)], limit=1)
        cls.stock, cls.hold = cls.warehouse.lot_stock_id, cls.warehouse.wh_qc_stock_loc_id
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.product = qc.component(cls.env)
        cls.breaker = qc.component(cls.env, "Circuit breaker", tracking="serial")
        qc.plan(cls.env, cls.product)
        qc.plan(cls.env, cls.breaker, {"method": "whole"})
        cls.order = qc.buy(cls.env, cls.product, 100)
        cls.receipt = cls.order.picking_ids
        cls.inspection = qc.receive(cls.receipt)
        cls.serials = qc.receive(
            qc.buy(cls.env, cls.breaker, 3).picking_ids, lots=[("B1", 1), ("B2", 1), ("B3", 1)])

    def as_(self, role, records):
        return records.with_env(qc.act(self.env, role))

    def held(self, product=None):
        """What stands in the inspection area."""
        return sum(self.env["stock.quant"].search([
            ("product_id", "=", (product or self.product).id), ("location_id", "child_of", self.hold.id)]
        ).mapped("quantity"))

    def outside(self, product=None):
        """What has come out of it, into stock, production or to a customer."""
        return sum(self.env["stock.quant"].search([
            ("product_id", "=", (product or self.product).id), ("location_id", "not in", self.hold.ids),
            ("location_id.usage", "in", ("internal", "customer", "production", "inventory")), ("quantity", ">", 0)],
        ).mapped("quantity"))

    def refused(self, *actions):
        """Run the steps of an attack; one of them must refuse, and nothing may have come out."""
        with self.assertRaises(REFUSED) as caught, self.env.cr.savepoint():
            for action in actions:
                action()
                self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.held(), 100)
        self.assertEqual(self.held(self.breaker), 3)
        self.assertFalse(self.outside() or self.outside(self.breaker))
        return str(caught.exception)

    def transfer(self, source, destination, quantity=10, kind="int_type_id", product=None, user=None, **line):
        """A transfer with its line typed by hand."""
        env = self.env(user=(user or self.keeper).id)
        product = (product or self.product).with_env(env)
        return env["stock.picking"].create({
            "picking_type_id": self.warehouse[kind].id,
            "location_id": source.id,
            "location_dest_id": destination.id,
            "move_ids": [Command.create({
                "product_id": product.id,
                "product_uom_qty": quantity,
                "location_id": source.id,
                "location_dest_id": destination.id,
                "move_line_ids": [Command.create({
                    "product_id": product.id,
                    "quantity": quantity,
                    "location_id": source.id,
                    "location_dest_id": destination.id,
                    **line,
                })],
            })],
        })

    # What may be seen

    def test_receipt_lands_held_and_is_not_free(self):
        """REC-1, REC-2, REC-7: received goods stand in the inspection area, one request each, and nobody counts on
        them."""
        self.assertEqual((self.held(), self.outside()), (100, 0))
        self.assertRecordValues(self.inspection, [{"state": "pending", "quantity": 100, "quantity_open": 100}])
        self.assertRecordValues(self.serials, [{"state": "pending", "quantity": 3}])
        self.assertEqual(len(self.serials.lot_ids), 3)
        self.assertEqual(self.product.with_user(self.keeper).free_qty, 0)

    def test_receiving_is_never_blocked_by_the_hold(self):
        """REC-7: more of the same product is received while the first lot waits."""
        inspection = qc.receive(qc.buy(self.env, self.product, 40).picking_ids, "SH-0002")
        self.assertEqual((len(inspection), self.held()), (1, 140))

    # Reserve, pick, ship

    def test_delivery_reserves_nothing(self):
        """REC-7: a delivery of the product stays without reservation."""
        env = self.env(user=self.keeper.id)
        picking = env["stock.picking"].create({
            "picking_type_id": self.warehouse.out_type_id.id, "location_id": self.warehouse.view_location_id.id,
            "location_dest_id": self.customers.id,
            "move_ids": [Command.create({
                "product_id": self.product.id, "product_uom_qty": 10,
                "location_id": self.warehouse.view_location_id.id, "location_dest_id": self.customers.id})]})
        picking.action_confirm()
        picking.action_assign()
        self.assertEqual(picking.state, "confirmed")
        self.assertFalse(picking.move_line_ids)

    def test_transfer_out_of_the_hold_is_refused(self):
        """REC-7: the storekeeper moves held goods to the shelf by hand; the error names product and inspection."""
        storekeeper = qc.act(self.env, "storekeeper").user
        said = self.refused(lambda: self.transfer(
            self.hold, self.stock, user=storekeeper).with_user(storekeeper).button_validate())
        self.assertIn(self.product.name, said)
        self.assertIn(self.inspection.name, said)

    def test_shipping_from_the_hold_is_refused(self):
        """REC-7: a delivery straight from the inspection area, of goods and of a serial number."""
        self.refused(lambda: self.transfer(self.hold, self.customers, kind="out_type_id").button_validate())
        self.refused(lambda: self.transfer(
            self.hold, self.customers, 1, "out_type_id", self.breaker,
            lot_id=self.serials.lot_ids[0].id).button_validate())

    def test_line_turned_to_the_hold_is_refused(self):
        """REC-7: a line of an honest delivery, whose source is then changed to the inspection area."""
        picking = self.transfer(self.stock, self.customers, kind="out_type_id")
        self.refused(lambda: picking.move_line_ids.write({"location_id": self.hold.id}),
                     lambda: picking.button_validate())

    def test_two_steps_through_a_middle_location_are_refused(self):
        """REC-7: into another location of the warehouse that is no inspection area."""
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        self.refused(lambda: self.transfer(self.hold, shelf).button_validate())

    def test_stock_taken_into_negative_is_refused(self):
        """REC-7: shipping what is only in the inspection area from the shelf, which goes negative."""
        self.refused(lambda: self.transfer(self.stock, self.customers, kind="out_type_id").button_validate())
        self.refused(lambda: self.transfer(
            self.stock, self.customers, 1, "out_type_id", self.breaker,
            lot_id=self.serials.lot_ids[0].id).button_validate())

    def test_serial_number_by_name_is_refused(self):
        """REC-7: a held serial number shipped from the shelf by typing its name."""
        self.refused(lambda: self.transfer(
            self.stock, self.customers, 1, "out_type_id", self.breaker, lot_name="B1").button_validate())

    # Consume

    def test_consumption_is_refused(self):
        """REC-7: a fitter consumes held components, by reservation or by a line of his own."""
        cabinet = qc.component(self.env, "Cabinet")
        order = self.env["mrp.production"].create({
            "product_id": cabinet.id, "product_qty": 1,
            "move_raw_ids": [Command.create({"product_id": self.product.id, "product_uom_qty": 10})]})
        order.action_confirm()
        order.action_assign()
        self.assertFalse(order.move_raw_ids.move_line_ids)
        fitter = self.as_("fitter", order)
        self.refused(
            lambda: fitter.move_raw_ids.write({"move_line_ids": [Command.create({
                "product_id": self.product.id, "quantity": 10, "location_id": self.hold.id,
                "location_dest_id": order.move_raw_ids.location_dest_id.id})], "picked": True}),
            lambda: fitter.write({"qty_producing": 1}),
            lambda: fitter.button_mark_done())
        self.refused(
            lambda: fitter.write({"qty_producing": 1}),
            lambda: fitter.move_raw_ids.write({"quantity": 10, "picked": True}),
            lambda: fitter.button_mark_done())

    # Relocate, scrap, count, pack, import

    def test_relocation_of_the_quant_is_refused(self):
        """REC-7: the stock manager relocates the quant by Odoo's own wizard."""
        quant = self.env["stock.quant"].with_user(self.keeper).search([
            ("product_id", "=", self.product.id), ("location_id", "=", self.hold.id)])
        wizard = self.env["stock.quant.relocate"].with_user(self.keeper)
        self.refused(lambda: wizard.create(
            {"quant_ids": [Command.set(quant.ids)], "dest_location_id": self.stock.id}).action_relocate_quants())

    def test_scrap_is_refused(self):
        """REC-7, NCR-4: goods are scrapped by a disposition, not from under the inspection."""
        self.refused(lambda: self.env["stock.scrap"].with_user(self.keeper).create({
            "product_id": self.product.id, "scrap_qty": 5, "location_id": self.hold.id}).action_validate())

    def test_count_is_refused_but_for_the_head_of_quality(self):
        """REC-7: an inventory count cannot make held goods vanish; the head of quality may correct it, on record."""
        quants = self.env["stock.quant"].search([
            ("product_id", "=", self.product.id), ("location_id", "=", self.hold.id)])
        self.refused(
            lambda: quants.with_user(self.keeper).with_context(inventory_mode=True).write({"inventory_quantity": 0}),
            lambda: quants.with_user(self.keeper).action_apply_inventory())
        head = new_test_user(self.env, "qd_head", groups=(
            "base.group_user,stock.group_stock_manager,quality_inspection.group_quality_manager"))
        counted = quants.with_user(head).with_context(inventory_mode=True)
        counted.write({"inventory_quantity": 90})
        counted.action_apply_inventory()
        self.assertEqual((self.held(), self.inspection.quantity_open), (90, 90))
        self.assertTrue(self.inspection.message_ids.filtered(lambda message: "90" in (message.body or "")
                                                             or "10" in (message.body or "")))

    def test_import_of_quants_is_refused(self):
        """REC-7: an import of counted quantities into the inspection area takes nothing out."""
        quants = self.env["stock.quant"].with_user(self.keeper).with_context(inventory_mode=True)
        quant = quants.search([("product_id", "=", self.product.id), ("location_id", "=", self.hold.id)])

        def load():
            answer = quants.load([".id", "inventory_quantity"], [[str(quant.id), "0"]])
            if answer["ids"]:
                quants.browse(answer["ids"]).action_apply_inventory()
            else:
                raise UserError(str(answer["messages"]))
        self.refused(load)

    def test_package_does_not_carry_goods_out(self):
        """REC-7: packed in the inspection area and moved as a package."""
        package = self.env["stock.package"].create({"name": "PACK-1"})
        inside = self.transfer(self.hold, self.hold, result_package_id=package.id)
        try:
            inside.button_validate()
        except REFUSED:
            return
        self.refused(lambda: self.transfer(
            self.hold, self.stock, package_id=package.id).button_validate())

    # Configuration

    def test_inspection_area_cannot_be_declared_free(self):
        """REC-7: while goods are held the stock manager cannot open the area by changing the location."""
        hold = self.hold.with_user(self.keeper)
        self.refused(lambda: hold.write({"is_quality_hold": False}),
                     lambda: self.transfer(self.hold, self.customers, kind="out_type_id").button_validate())
        self.refused(lambda: hold.write({"active": False}),
                     lambda: self.transfer(self.hold, self.customers, kind="out_type_id").button_validate())
        self.refused(lambda: hold.write({"usage": "transit"}),
                     lambda: self.transfer(self.hold, self.customers, kind="out_type_id").button_validate())

    def test_marks_cannot_be_written_from_outside(self):
        """REC-7: the mark of a disposition on a move is nobody's to write, nor to give in a context."""
        disposition = self.env["quality.disposition"].search([], limit=1)
        picking = self.transfer(self.stock, self.customers, kind="out_type_id")
        mark = {"quality_disposition_id": disposition.id or 1}
        self.refused(lambda: picking.move_ids.write(mark),
                     lambda: picking.move_ids.write({"location_id": self.hold.id}), lambda: picking.button_validate())
        self.refused(lambda: self.transfer(self.hold, self.stock).with_context(
            default_quality_disposition_id=1, quality_disposition_id=1, tracking_disable=True).button_validate())

    def test_product_cannot_leave_by_becoming_another_kind(self):
        """REC-7: held goods keep their kind: a product that is no more stored would be free."""
        product = self.product.with_user(self.env.ref("base.user_admin"))
        self.refused(lambda: product.write({"is_storable": False}),
                     lambda: self.transfer(self.hold, self.customers, kind="out_type_id").button_validate())

    # Return of the receipt

    def test_return_to_the_supplier_shrinks_the_inspection(self):
        """REC-7, REC-6: goods sent back before their inspection are no more to be inspected; all of them: cancelled."""
        self.back(30)
        self.assertRecordValues(self.inspection, [{"state": "pending", "quantity_open": 70}])
        self.back(70)
        self.assertRecordValues(self.inspection, [{"state": "cancelled", "quantity_open": 0}])
        self.assertEqual(self.held(), 0)

    def test_return_of_more_than_is_held_is_refused(self):
        """REC-7: a return cannot take goods of another receipt along."""
        qc.receive(qc.buy(self.env, self.product, 40).picking_ids, "SH-0003")
        with self.assertRaises(REFUSED), self.env.cr.savepoint():
            self.back(130)
            self.env.flush_all()
        self.assertEqual(self.held(), 140)

    def back(self, quantity):
        wizard = Form(self.env["stock.return.picking"].with_user(self.keeper).with_context(
            active_id=self.receipt.id, active_ids=self.receipt.ids, active_model="stock.picking")).save()
        wizard.product_return_moves.quantity = quantity
        picking = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        picking.move_ids.write({"quantity": quantity, "picked": True})
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    # Rights

    def test_without_rights_no_verdict(self):
        """REC-3: storekeeper, buyer, fitter, guard and clerk take no inspection and give no verdict."""
        for role in ("storekeeper", "buyer", "fitter", "guard", "clerk"):
            inspection = self.as_(role, self.inspection)
            for method in ("action_start", "action_conclude", "action_submit", "action_take_over"):
                with self.subTest(role=role, method=method), self.assertRaises(REFUSED), self.env.cr.savepoint():
                    getattr(inspection, method)()
            with self.subTest(role=role), self.assertRaises(REFUSED), self.env.cr.savepoint():
                inspection.write({"state": "done", "verdict": "accept"})
        self.assertRecordValues(self.inspection, [{"state": "pending", "verdict": False}])

    def test_verdict_is_not_written_but_concluded(self):
        """REC-3: inspector and head cannot type verdict, state or quantities."""
        for role in ("inspector", "head"):
            for vals in ({"verdict": "accept"}, {"state": "done"}, {"quantity_accepted": 100}, {"quantity_open": 0},
                         {"quantity": 1}, {"location_id": self.stock.id}, {"move_id": False}, {"product_id": 1},
                         {"inspector_id": self.env.uid}, {"company_id": 1}):
                with self.subTest(role=role, vals=vals), self.assertRaises(REFUSED), self.env.cr.savepoint():
                    self.as_(role, self.inspection).write(vals)
                    self.env.flush_all()
        with self.assertRaises(REFUSED), self.env.cr.savepoint():
            self.as_("head", self.inspection).unlink()

    def test_accept_is_no_disposition_that_somebody_creates(self):
        """REC-7, NCR-4: an accept tranche made by RPC releases nothing."""
        for role in ("inspector", "head", "buyer", "storekeeper", "clerk"):
            for kind in ("accept", "urgent", "concession"):
                with self.subTest(role=role, kind=kind), self.assertRaises(REFUSED), self.env.cr.savepoint():
                    rows = self.as_(role, self.env["quality.disposition"]).create({
                        "inspection_id": self.inspection.id, "kind": kind, "quantity": 100, "state": "decided"})
                    rows._apply()
        self.assertEqual((self.held(), self.outside()), (100, 0))

    def test_concluded_inspection_is_frozen(self):
        """REC-3: after the verdict nobody changes results, verdict or findings, through any door."""
        inspection = qc.inspect(self.as_("inspector", self.inspection))
        self.assertEqual(inspection.verdict, "accept")
        data = inspection.get_entry_data()
        for role in ("inspector", "head"):
            mine = self.as_(role, inspection)
            attempts = (
                lambda mine=mine: mine.write({"verdict": "reject"}),
                lambda mine=mine: mine.line_ids.write({"defect_count": 5}),
                lambda mine=mine: mine.sample_ids.write({"nonconforming": 5}),
                lambda mine=mine: mine.line_ids.unlink(),
                lambda mine=mine: mine.unlink(),
                lambda mine=mine: mine.save_results({"revision": data["revision"], "lines": [
                    {"id": data["lines"][0]["id"], "defect_count": 9}], "samples": []}),
                lambda mine=mine: mine.action_conclude(),
                lambda mine=mine: mine.write({"line_ids": [Command.create({"name": "More", "kind": "check"})]}),
            )
            for number, attempt in enumerate(attempts):
                with self.subTest(role=role, number=number), self.assertRaises(REFUSED), self.env.cr.savepoint():
                    attempt()
                    self.env.flush_all()

    def test_portal_and_strangers_see_nothing(self):
        """REC-7: a portal user and a user of another company see neither inspection nor nonconformity."""
        portal = new_test_user(self.env, "qd_portal", groups="base.group_portal")
        company = self.env["res.company"].create({"name": "Another plant"})
        stranger = new_test_user(
            self.env, "qd_other", groups="base.group_user,quality_inspection.group_quality_manager",
            company_id=company.id, company_ids=[Command.set(company.ids)])
        for user in (portal, stranger):
            for record in (self.inspection, self.inspection.plan_id):
                with self.subTest(user=user.login, model=record._name), self.assertRaises(AccessError):
                    record.with_user(user).read(["name"])
        self.assertFalse(self.env["quality.inspection"].with_user(stranger).search([]))
        with self.assertRaises(REFUSED):
            self.inspection.with_user(stranger).action_start()

    def test_own_urgent_release_is_not_approved(self):
        """REC-8: who asks for an urgent release does not authorise it; untracked goods are never let go."""
        inspection = self.as_("head", self.serials)
        inspection.action_request_urgent_release("Line is standing", 1, self.serials.lot_ids[0].ids)
        release = self.serials.urgent_release_ids
        self.assertEqual(len(release), 1)
        with self.assertRaises(REFUSED), self.env.cr.savepoint():
            self.as_("head", release).action_approve()
        with self.assertRaises(REFUSED), self.env.cr.savepoint():
            self.as_("inspector", release).action_approve()
        with self.assertRaises(REFUSED), self.env.cr.savepoint():
            self.as_("head", self.inspection).action_request_urgent_release("Line is standing", 10)
        self.assertEqual(self.held(self.breaker), 3)
        self.as_("head2", release).action_approve()
        self.assertEqual((self.held(self.breaker), release.state), (2, "approved"))
