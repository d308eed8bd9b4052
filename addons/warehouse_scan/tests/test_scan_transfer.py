from odoo.tests import tagged

from .common import ScanCommon


@tagged("-at_install", "post_install")
class TestScanTransfer(ScanCommon):
    def test_receive_against_the_order(self):
        """SCN-1, REC-1: the order's number opens its receipt, each scan counts up, the end books and leaves the
        rest."""
        picking = self.transfer("incoming", (self.bolt, 5), (self.cable, 20), origin="P00042")
        answer = self.begin("receive")
        self.assertIn(picking.name, [line["title"] for line in answer["data"]["lines"]])
        answer = self.scan("P00042")
        self.assertEqual(answer["state"], "count")
        self.scan("6901234567892")
        answer = self.scan("06901234567892")
        self.assert_right(answer)
        self.assertEqual(self.line(answer)["done"], 2)
        self.assertTrue(self.line(answer)["current"])
        self.assertEqual(picking.state, "assigned")
        self.assertFalse(any(picking.move_line_ids.mapped("picked")), "a scan only counts; the end books")
        answer = self.press("finish")
        self.assertEqual(answer["state"], "short")
        answer = self.press("backorder")
        self.assert_right(answer)
        self.assertTrue(answer["data"]["finished"])
        self.assertEqual((picking.state, picking.move_ids.quantity), ("done", 2))
        self.assertEqual(self.bolt.with_context(location=self.stock.id).qty_available, 2)
        rest = self.env["stock.picking"].search([("backorder_id", "=", picking.id)])
        self.assertEqual({move.product_id: move.product_uom_qty for move in rest.move_ids},
                         {self.bolt: 3, self.cable: 20})
        self.assertFalse(self.env["scan.tally"].search([("picking_id", "=", picking.id)]))

    def test_label_with_lot_and_quantity(self):
        """SCN-2: a label says product, lot and quantity in one scan; its shelf is scanned behind it."""
        self.bolt.tracking = "lot"
        picking = self.transfer("incoming", (self.bolt, 50))
        self.begin("receive", {"model": "stock.picking", "id": picking.id})
        answer = self.scan("]C1010690123456789210L-7#\x1d3730")
        self.assert_right(answer)
        self.assertEqual(self.line(answer)["done"], 30)
        self.assert_right(self.scan("SHELF-A"))
        self.assert_right(self.scan("]C1010690123456789210L-8\x1d3720"))
        answer = self.press("finish")
        self.assert_right(answer)
        self.assertEqual(picking.state, "done")
        self.assertEqual({line.lot_id.name: (line.quantity, line.location_dest_id) for line in picking.move_line_ids},
                         {"L-7#": (30, self.shelf_a), "L-8": (20, self.stock)})

    def test_scan_of_goods_opens_their_transfer(self):
        """SCN-1: no option has to be set before the first scan: goods, order or transfer begin the job."""
        picking = self.transfer("incoming", (self.bolt, 5))
        self.begin("receive")
        answer = self.scan("6901234567892")
        self.assertEqual((answer["state"], self.line(answer)["done"]), ("count", 1))
        self.assertEqual(self.counted(picking), {self.bolt: 1})
        self.transfer("incoming", (self.bolt, 7))
        self.begin("receive")
        answer = self.scan("6901234567892")
        self.assertEqual((answer["state"], len(answer["data"]["lines"])), ("choose", 2))
        self.assertEqual(self.do("pick", picking.id)["state"], "count")

    def test_keypad_and_undo(self):
        """SCN-1: a quantity is typed for the line in hand, and the last step is taken back."""
        picking = self.transfer("incoming", (self.bolt, 5))
        self.begin("receive", {"model": "stock.picking", "id": picking.id})
        self.scan("6901234567892")
        answer = self.do("quantity", 4, target=picking.move_ids.id)
        self.assertEqual(self.line(answer)["done"], 4)
        answer = self.do("undo")
        self.assertEqual(self.line(answer)["done"], 1)
        answer = self.do("undo")
        self.assertEqual((self.line(answer)["done"], answer["data"]["undo"]), (0, False))
        self.assert_wrong(self.do("undo"))
        for value in (-1, float("nan"), "4", True, None, 10 ** 12):
            self.assert_wrong(self.do("quantity", value, target=picking.move_ids.id))
        other = self.transfer("incoming", (self.bolt, 5))
        for target in (other.move_ids.id, "x", {"id": 1}, None, [1]):
            self.assert_wrong(self.do("quantity", 1, target=target))
            self.assert_wrong(self.do("pick", target))
        self.assertEqual(self.counted(picking).get(self.bolt, 0), 0)

    def test_pick_by_place(self):
        """SCN-1: a location is scanned, then what is taken from it; another location is refused."""
        self.put(self.bolt, 3, self.shelf_a)
        self.put(self.bolt, 10, self.shelf_b)
        outside = self.env["stock.location"].create(
            {"name": "Outside", "barcode": "OUTSIDE", "company_id": self.company.id, "usage": "internal",
             "location_id": self.store.view_location_id.id})
        picking = self.transfer("internal", (self.bolt, 5), dest=outside)
        answer = self.begin("pick", {"model": "stock.picking", "id": picking.id})
        self.assert_wrong(self.scan("OUTSIDE"), "Outside")
        self.assert_right(self.scan("SHELF-B"))
        for _time in range(5):
            answer = self.scan("6901234567892")
        self.assertEqual(self.line(answer)["status"], "done")
        self.assert_right(self.press("finish"))
        self.assertEqual(picking.move_line_ids.location_id, self.shelf_b)
        self.assertEqual(picking.move_line_ids.quantity, 5)

    def test_ship_serial_numbers(self):
        """SCN-1, DLV-2: only numbers that are in stock leave, each once; the product's own code asks for one."""
        first, second = self.number(self.breaker, "SN-1"), self.number(self.breaker, "SN-2")
        self.number(self.breaker, "SN-3")
        self.put(self.breaker, 1, lot=first)
        self.put(self.breaker, 1, lot=second)
        picking = self.transfer("outgoing", (self.breaker, 2))
        self.begin("ship", {"model": "stock.picking", "id": picking.id})
        answer = self.scan("BREAKER-63")
        self.assertEqual((answer["state"], answer["data"]["input"]["kind"]), ("lot", "text"))
        self.assert_right(self.scan("SN-1"))
        self.assert_wrong(self.scan("SN-1"), "SN-1")
        self.assert_wrong(self.scan("SN-3"), "SN-3")
        answer = self.scan("SN-2")
        self.assertEqual(self.line(answer, self.breaker)["done"], 2)
        self.assert_right(self.press("finish"))
        self.assertEqual(picking.move_line_ids.lot_id, first | second)

    def test_put_away_goods_then_shelf(self):
        """SCN-1: what stands in the inspection area goes to its shelf; a shelf elsewhere is refused."""
        self.put(self.bolt, 4, self.store.wh_input_stock_loc_id)
        picking = self.transfer("internal", (self.bolt, 4), source=self.store.wh_input_stock_loc_id)
        self.begin("put_away")
        self.assert_wrong(self.scan("SHELF-X"), "SHELF-X")
        answer = self.scan("6901234567892")
        self.do("quantity", 4, target=picking.move_ids.id)
        self.assert_wrong(self.scan(self.store.wh_input_stock_loc_id.barcode or "?"))
        answer = self.scan("SHELF-B")
        self.assert_right(answer)
        self.assert_right(self.press("finish"))
        self.assertEqual(picking.move_line_ids.location_dest_id, self.shelf_b)
        self.assertEqual(self.bolt.with_context(location=self.shelf_b.id).qty_available, 4)

    def test_whole_package(self):
        """SCN-2: a package is scanned for all that is in it, or refused whole."""
        package = self.env["stock.package"].create({"name": "PACK0007"})
        self.env["stock.quant"]._update_available_quantity(self.bolt, self.stock, 6, package_id=package)
        picking = self.transfer("outgoing", (self.bolt, 8))
        self.begin("ship", {"model": "stock.picking", "id": picking.id})
        answer = self.scan("PACK0007")
        self.assertEqual(self.line(answer)["done"], 6)
        self.assert_wrong(self.scan("PACK0007"), "PACK0007")
        self.assertEqual(self.counted(picking), {self.bolt: 6})

    def test_additional_barcode_and_packaging(self):
        """SCN-2: an additional barcode of a unit counts that unit: a box of ten is ten."""
        box = self.env["uom.uom"].create({"name": "Box of 10", "relative_factor": 10,
            "relative_uom_id": self.bolt.uom_id.id})
        self.env["product.uom"].create({"product_id": self.bolt.id, "uom_id": box.id, "barcode": "16901234567899",
                                        "company_id": self.company.id})
        picking = self.transfer("incoming", (self.bolt, 30))
        self.begin("receive", {"model": "stock.picking", "id": picking.id})
        self.assertEqual(self.line(self.scan("16901234567899"))["done"], 10)
        self.assertEqual(self.line(self.scan("]C10116901234567899"))["done"], 20)

    def test_validated_at_the_desk(self):
        """SCN-1: whoever validates the transfer, what was scanned is what was taken."""
        picking = self.transfer("incoming", (self.bolt, 5))
        self.begin("receive", {"model": "stock.picking", "id": picking.id})
        self.scan("6901234567892")
        picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual((picking.state, picking.move_ids.quantity), ("done", 1))
        self.assert_wrong(self.scan("6901234567892"), picking.name)

    def test_two_people_count_one_transfer(self):
        """SCN-1: what one has counted the other sees, and counts on."""
        picking = self.transfer("incoming", (self.bolt, 5))
        self.begin("receive", {"model": "stock.picking", "id": picking.id})
        self.scan("6901234567892")
        first = self.run
        answer = self.begin("receive", {"model": "stock.picking", "id": picking.id})
        self.assertEqual(self.line(answer)["done"], 1)
        self.assertEqual(self.line(self.scan("6901234567892"))["done"], 2)
        self.run = first
        self.assertEqual(self.line(self.scan("6901234567892"))["done"], 3)
