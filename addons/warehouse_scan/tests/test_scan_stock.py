from odoo import Command
from odoo.tests import new_test_user, tagged

from .common import ScanCommon


@tagged("-at_install", "post_install")
class TestScanStock(ScanCommon):
    def on_hand(self, product, place):
        return product.with_context(location=place.id).qty_available

    def test_move_goods_to_a_shelf(self):
        """SCN-1: goods, then the location: a transfer of its own is made and done; two scans are two pieces."""
        self.put(self.bolt, 10, self.shelf_a)
        self.begin("move")
        self.scan("6901234567892")
        answer = self.scan("6901234567892")
        self.assertEqual(self.line(answer)["done"], 2)
        answer = self.scan("SHELF-B")
        self.assert_right(answer)
        self.assertEqual((self.on_hand(self.bolt, self.shelf_a), self.on_hand(self.bolt, self.shelf_b)), (8, 2))
        picking = self.env["stock.picking"].search([("name", "in", answer["data"]["subtitle"].split(", "))])
        self.assertEqual((picking.state, picking.create_uid), ("done", self.keeper))
        self.assertFalse(answer["data"]["lines"])

    def test_move_asks_which_heap(self):
        """SCN-1: goods in several places are chosen, or their place is scanned first; never more than there is."""
        lots = [self.number(self.cable, name) for name in ("L1", "L2")]
        self.put(self.cable, 5, self.shelf_a, lots[0])
        self.put(self.cable, 7, self.shelf_b, lots[1])
        self.begin("move")
        answer = self.scan("CABLE-16")
        self.assertEqual((answer["state"], len(answer["data"]["input"]["choices"])), ("which", 2))
        answer = self.do("pick", answer["data"]["input"]["choices"][1]["id"])
        self.assertEqual(answer["data"]["lines"][0]["lot"], "L2")
        row = answer["data"]["lines"][0]["id"]
        self.assert_wrong(self.do("quantity", 8, target=row), "7")
        self.assert_right(self.do("quantity", 7, target=row))
        self.assert_right(self.scan("L1"))
        answer = self.do("undo")
        self.assertEqual([line["done"] for line in answer["data"]["lines"]], [7])
        self.assert_wrong(self.scan("SHELF-B"), "B")
        self.assert_right(self.scan("SHELF-A"))
        self.assertEqual(self.on_hand(self.cable, self.shelf_a), 12)

    def test_count_is_left_to_be_applied(self):
        """RPT-2, SCN-1: a storekeeper counts blindly by stock's own count; the stock stays until it is applied."""
        self.put(self.bolt, 10, self.shelf_a)
        self.put(self.breaker, 1, self.shelf_a, self.number(self.breaker, "SN-1"))
        self.begin("count")
        self.assert_wrong(self.scan("6901234567892"))
        self.scan("SHELF-A")
        self.scan("6901234567892")
        answer = self.scan("6901234567892")
        self.assertEqual((self.line(answer)["done"], self.line(answer)["demand"]), (2, None))
        self.do("quantity", 9, target=self.line(answer)["id"])
        answer = self.press("finish")
        self.assertEqual((answer["state"], len(answer["data"]["lines"])), ("rest", 1))
        answer = self.press("zero")
        self.assert_right(answer)
        quants = self.env["stock.quant"].search([("location_id", "=", self.shelf_a.id)])
        self.assertEqual({quant.product_id: quant.inventory_quantity for quant in quants
            if quant.inventory_quantity_set},
                         {self.bolt: 9, self.breaker: 0})
        self.assertEqual(quants.user_id, self.keeper)
        self.assertEqual(self.on_hand(self.bolt, self.shelf_a), 10)

    def test_count_is_applied_by_who_may(self):
        """RPT-2, SCN-1: who may correct the stock does so with the count; what was found is new."""
        self.user = new_test_user(
            self.env, "scan_head", groups="stock.group_stock_manager", company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)])
        self.put(self.bolt, 10, self.shelf_a)
        self.begin("count")
        self.scan("SHELF-A")
        self.scan("6901234567892")
        answer = self.scan("CABLE-16")
        self.assertEqual(answer["state"], "lot")
        self.scan("NEW-7")
        answer = self.press("finish")
        self.assert_right(answer)
        self.assertEqual(self.on_hand(self.bolt, self.shelf_a), 1)
        self.assertEqual(self.on_hand(self.cable, self.shelf_a), 1)
        self.assertEqual(self.env["stock.lot"].search([("name", "=", "NEW-7")]).product_id, self.cable)

    def test_count_of_what_lies_in_a_package_and_loose(self):
        """RPT-2, SCN-1: ten loose, ten in a package and five of a customer's are twenty-five pieces to who scans them,
        and twenty-five afterwards; what is missing is missing of the loose ones."""
        self.user = new_test_user(
            self.env, "scan_head_2", groups="stock.group_stock_manager", company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)])
        package = self.env["stock.package"].create({"name": "PACK-9"})
        owner = self.env["res.partner"].create({"name": "A"})
        for quantity, more in ((10, {}), (10, {"package_id": package}), (5, {"owner_id": owner})):
            self.env["stock.quant"]._update_available_quantity(self.bolt, self.shelf_a, quantity, **more)
        for counted, loose in ((25, 10), (22, 7), (27, 12)):
            self.begin("count")
            self.scan("SHELF-A")
            self.do("quantity", counted, target=self.line(self.scan("6901234567892"))["id"])
            answer = self.press("finish")
            self.assert_right(answer)
            self.assertIn("1 kinds", answer["message"]["text"])
            quants = self.env["stock.quant"].search([
                ("product_id", "=", self.bolt.id), ("location_id", "=", self.shelf_a.id)])
            self.assertEqual({(quant.package_id, quant.owner_id): quant.quantity for quant in quants}, {
                (package.browse(), owner.browse()): loose, (package, owner.browse()): 10, (package.browse(), owner): 5})
