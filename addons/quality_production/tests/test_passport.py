from odoo.exceptions import AccessError
from odoo.fields import Command

from .common import ProductionCommon


class TestPassport(ProductionCommon):
    """A cabinet with a serial number, made of a panel with a lot, which was made of a resin with a lot."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cabinet.tracking = "serial"
        cls.panel = cls.env["product.product"].create({"name": "Panel", "is_storable": True, "tracking": "lot"})
        cls.env["mrp.bom"].create({
            "product_tmpl_id": cls.panel.product_tmpl_id.id, "product_qty": 1, "consumption": "flexible",
            "bom_line_ids": [Command.create({"product_id": cls.lot_product.id, "product_qty": 1})]})
        cls.bom.bom_line_ids = [Command.create({"product_id": cls.panel.id, "product_qty": 1})]
        cls.resin = cls.make_lots(cls.lot_product, "RESIN-1")
        cls.receive(cls.lot_product, 10, cls.resin, location=cls.stock)
        cls.panel_lot = cls.make_serials(cls.panel, "PANEL-1")
        cls.panel_order = cls.make_order(quantity=2, product=cls.panel)
        cls.panel_order.lot_producing_ids = cls.panel_lot
        cls.produce(cls.panel_order)
        cls.serial = cls.make_serials(cls.cabinet, "CAB-1")
        cls.order = cls.make_order()
        cls.order.lot_producing_ids = cls.serial
        cls.produce(cls.order)

    def test_components_are_found_through_all_levels(self):
        """REC-8, REC-9: the passport shows component lots of all levels, with supplier and day of receipt."""
        data = self.serial.get_passport()
        self.assertEqual(data["production"]["name"], self.order.name)
        self.assertEqual(data["card"]["name"], self.order.process_card_id.name)
        nodes = {node["product"]: node for node in data["components"]}
        self.assertEqual(set(nodes), {"Busbar", "Panel"})
        self.assertEqual((nodes["Busbar"]["quantity"], nodes["Busbar"]["lot"]), (2, ""))
        [resin] = nodes["Panel"]["children"]
        self.assertEqual((resin["lot"], resin["supplier"]), ("RESIN-1", "Copper Works"))
        self.assertTrue(resin["received_on"])

    def test_tests_and_troubles_are_shown(self):
        """REC-8, REC-9, NCR-1: tests with values, certificates and nonconformities of all levels stand in it."""
        self.env["quality.lot.document"].create({"name": "CERT-77", "lot_id": self.resin.id})
        report = self.env["quality.nonconformity"].create({
            "product_id": self.panel.id, "quantity": 1, "lot_ids": [Command.set(self.panel_lot.ids)],
            "is_stocked": False, "description": "Edge chipped"})
        data = self.serial.get_passport()
        self.assertEqual([(one["lot"], one["name"]) for one in data["documents"]], [("RESIN-1", "CERT-77")])
        self.assertEqual([(one["lot"], one["name"]) for one in data["nonconformities"]], [("PANEL-1", report.name)])
        panel = next(node for node in data["components"] if node["product"] == "Panel")
        self.assertEqual(panel["flags"], ["nonconformity"])
        self.assertEqual([one["name"] for one in panel["children"][0]["documents"]], ["CERT-77"])

    def test_each_serial_shows_its_own_values(self):
        """FQC-5: of two cabinets inspected together each passport shows the value of its own serial number."""
        self.make_final_plan(
            characteristics=[{"name": "Resistance", "kind": "measure", "has_lower": True, "lower": 10,
                              "uom_id": self.unit.id}], serial_wise=True)
        serials = self.make_serials(self.cabinet, "CAB-2", "CAB-3")
        self.panel_order = self.make_order(quantity=2, product=self.panel)
        self.panel_order.lot_producing_ids = self.make_serials(self.panel, "PANEL-2")
        self.produce(self.panel_order)
        order = self.make_order(quantity=2)
        order.lot_producing_ids = serials
        self.produce(order)
        inspection = order.quality_inspection_ids
        mine = self.start(inspection)
        self.fill(mine, values={"Resistance": {1: 100, 2: 200}})
        mine.action_conclude()
        values = []
        for serial in serials:
            [result] = serial.get_passport()["inspections"][0]["results"]
            values.append((result["value"], result["limits"], result["result"]))
        self.assertEqual(values, [("100", "≥ 10", "ok"), ("200", "≥ 10", "ok")])

    def test_use_of_a_lot_is_traced_to_the_delivery(self):
        """REC-8: from the resin of the supplier to the cabinet and its delivery, through all levels."""
        picking = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.out_type_id.id, "location_id": self.stock.id,
            "location_dest_id": self.customer_location.id})
        move = self.make_move(self.cabinet, 1, self.stock, self.customer_location, self.serial, picking_id=picking.id)
        move._action_confirm(merge=False)
        move._action_done()
        used = self.resin._get_where_used()
        self.assertEqual(used["lot_ids"], sorted((self.panel_lot | self.serial).ids))
        self.assertEqual(used["production_ids"], sorted((self.panel_order | self.order).ids))
        self.assertEqual(used["picking_ids"], picking.ids)
        self.assertEqual([one["name"] for one in self.serial.get_passport()["deliveries"]], [picking.name])

    def test_recall_names_what_was_built(self):
        """REC-8: the recall of an urgent release names the orders and serial numbers that used the lot."""
        lot = self.make_lots(self.lot_product, "RESIN-2")
        inspection = self.inspect(self.receive(self.lot_product, 2, lot), self.make_plan())
        inspection.with_user(self.inspector).action_request_urgent_release("Line stands still", 2)
        release = inspection.urgent_release_ids
        release.with_user(self.releaser).action_approve()
        self.assertEqual(lot.quality_state, "urgent")
        panel_lot = self.make_serials(self.panel, "PANEL-7")
        order = self.make_order(quantity=2, product=self.panel)
        order.move_raw_ids.move_line_ids.lot_id = lot
        order.lot_producing_ids = panel_lot
        self.produce(order)
        node = panel_lot.get_passport()["components"][0]
        self.assertEqual((node["lot"], node["flags"]), ("RESIN-2", ["urgent"]))
        release.with_user(self.head).action_recall()
        self.assertIn(order.name, release.usage_note)
        self.assertIn("PANEL-7", release.usage_note)

    def test_circle_in_the_data_ends(self):
        """REC-8: a lot that was consumed into itself, as reworked goods are, is shown once."""
        produced = self.panel_order.move_finished_ids.move_line_ids
        again = self.make_move(self.panel, 1, self.stock, self.panel.property_stock_production, self.panel_lot,
                               raw_material_production_id=self.panel_order.id)
        again._action_confirm(merge=False)
        again._action_done()
        again.move_line_ids.produce_line_ids = produced
        data = self.panel_lot.get_passport()
        self.assertEqual(sorted(node["lot"] for node in data["components"]), ["PANEL-1", "RESIN-1"])

    def test_queries_do_not_grow_with_the_components(self):
        """REC-8: many component lots of a level cost no more queries than one."""
        def count(serial):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            serial.get_passport()
            return self.env.cr.sql_log_count - before

        few = count(self.serial)
        for index in range(8):
            product = self.env["product.product"].create({
                "name": f"Part {index}", "is_storable": True, "tracking": "lot"})
            lot = self.make_lots(product, f"P-{index}")
            self.receive(product, 5, lot, location=self.stock)
            self.env["quality.lot.document"].create({"name": f"C-{index}", "lot_id": lot.id})
            self.bom.bom_line_ids = [Command.create({"product_id": product.id, "product_qty": 1})]
        serial = self.make_serials(self.cabinet, "CAB-9")
        order = self.make_order()
        order.lot_producing_ids = serial
        self.produce(order)
        self.assertEqual(len(serial.get_passport()["documents"]), 8)
        self.assertLessEqual(count(serial), few + 8)

    def test_only_those_who_see_the_serial_see_its_passport(self):
        """REC-9: an employee without rights in stock gets no passport."""
        with self.assertRaises(AccessError):
            self.serial.with_user(self.employee).get_passport()
        self.assertEqual(self.serial.with_user(self.storekeeper).get_passport()["name"], "CAB-1")
