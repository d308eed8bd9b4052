from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ScanCommon


@tagged("-at_install", "post_install")
class TestScanQuestions(ScanCommon):
    def receive(self, *goods, **values):
        picking = self.transfer("incoming", *goods, **values)
        self.begin("receive", {"model": "stock.picking", "id": picking.id})
        return picking

    def test_more_than_ordered_is_asked(self):
        """SCN-4: more than ordered is not counted before somebody says so; who scans on has said no."""
        picking = self.receive((self.bolt, 2), (self.cable, 1))
        for _time in range(2):
            self.scan("6901234567892")
        answer = self.scan("6901234567892")
        self.assert_wrong(answer, "Bolt")
        self.assertEqual((answer["state"], self.counted(picking)[self.bolt]), ("over", 2))
        answer = self.scan("CABLE-16")
        self.assertEqual((answer["state"], self.counted(picking)), ("lot", {self.bolt: 2}))
        self.scan("L1")
        self.scan("6901234567892")
        self.press("back")
        self.assertEqual(self.counted(picking)[self.bolt], 2)
        self.scan("6901234567892")
        self.assert_right(self.press("yes"))
        self.assert_right(self.scan("6901234567892"))
        self.assert_right(self.press("finish"))
        self.assertEqual(picking.move_ids.filtered(lambda move: move.product_id == self.bolt).quantity, 4)

    def test_two_lines_of_one_product(self):
        """SCN-1: lines of one product are filled in their order, only the last takes too much."""
        picking = self.transfer("incoming", (self.bolt, 2), origin="P1")
        other = picking.move_ids.copy({"product_uom_qty": 3, "picking_id": picking.id, "sequence": 20})
        other._action_confirm(merge=False)
        self.begin("receive", {"model": "stock.picking", "id": picking.id})
        answer = self.scan("]C10106901234567892374")
        self.assertEqual([line["done"] for line in sorted(answer["data"]["lines"], key=lambda line: line["demand"])],
            [2, 2])

    def test_another_lot_keeps_the_first(self):
        """SCN-1: another lot, scanned while one is in hand, leaves what was counted (open-msupply #10474)."""
        picking = self.receive((self.cable, 20))
        self.scan("CABLE-16")
        self.scan("L1")
        answer = self.do("quantity", 8, target=picking.move_ids.id)
        self.assertEqual(self.line(answer, self.cable)["done"], 8)
        self.scan("CABLE-16")
        answer = self.scan("L2")
        self.assertEqual(self.line(answer, self.cable)["done"], 9)
        answer = self.do("quantity", 12, target=picking.move_ids.id)
        self.assertEqual(self.line(answer, self.cable)["done"], 20)
        self.press("finish")
        self.assertEqual({line.lot_id.name: line.quantity for line in picking.move_line_ids}, {"L1": 8, "L2": 12})

    def test_transfer_that_is_closed(self):
        """SCN-4: done, cancelled, draft, unknown, another company's and another kind's transfers: told, nothing
        booked."""
        done, cancelled, delivery = (
            self.transfer("incoming", (self.bolt, 1)), self.transfer("incoming", (self.bolt, 1)),
            self.transfer("outgoing", (self.bolt, 1)))
        done.move_ids.picked = True
        done.button_validate()
        cancelled.action_cancel()
        draft = done.copy()
        self.begin("receive")
        for picking in (done, cancelled, draft, delivery):
            self.assert_wrong(self.scan(picking.name), picking.name)
        self.assert_wrong(self.do("start", {"model": "stock.picking", "id": 10 ** 8}))
        self.assert_wrong(self.do("start", {"model": "stock.picking", "id": "1"}))
        self.assert_wrong(self.scan("P00999999"))
        self.assertFalse(self.env["scan.tally"].search([("run", "=", self.run)]))

    def test_cancelled_while_counting(self):
        """SCN-4: a transfer that is cancelled meanwhile takes nothing more."""
        picking = self.receive((self.bolt, 5))
        self.scan("6901234567892")
        picking.action_cancel()
        self.assert_wrong(self.scan("6901234567892"), picking.name)
        self.assert_wrong(self.press("finish"), picking.name)

    def test_blind_scans_of_a_transfer_that_did_not_open(self):
        """SCN-3: what was scanned without network for a transfer that cannot be opened goes to no other one."""
        picking = self.transfer("incoming", (self.bolt, 5))
        self.begin("receive")
        self.assert_wrong(self.scan("WH/IN/99999", seen="choose"))
        self.assert_wrong(self.scan("6901234567892", seen="count"), "6901234567892")
        self.assertFalse(self.counted(picking))

    def test_wrong_goods(self):
        """SCN-4: goods that are not on the transfer, numbers of others, a number twice: nothing is counted."""
        self.number(self.cable, "L9")
        picking = self.receive((self.bolt, 5), (self.breaker, 2))
        self.assert_wrong(self.scan("CABLE-16"), "Cable")
        self.assert_wrong(self.scan("L9"), "L9", "Cable")
        self.scan("BREAKER-63")
        self.assert_right(self.scan("SN-7"))
        self.scan("BREAKER-63")
        self.assert_wrong(self.scan("SN-7"), "SN-7")
        self.press("back")
        there = self.number(self.breaker, "SN-8")
        self.put(self.breaker, 1, lot=there)
        self.assert_wrong(self.scan("SN-8"), "SN-8", self.stock.display_name)
        self.assert_wrong(self.do("quantity", 2, target=picking.move_ids[1].id))
        self.assertEqual(self.counted(picking), {self.breaker: 1})

    def test_number_of_another_product(self):
        """SCN-4: a new number that another product has, too, is counted with a warning; who ships is refused."""
        self.number(self.breaker, "B-1")
        picking = self.receive((self.cable, 5))
        self.scan("CABLE-16")
        answer = self.scan("B-1")
        self.assertEqual((answer["message"]["kind"], self.counted(picking)), ("warning", {self.cable: 1}))
        self.assertIn("Breaker", answer["message"]["text"])
        self.put(self.cable, 5, lot=self.number(self.cable, "C-1"))
        shipped = self.transfer("outgoing", (self.cable, 5))
        self.begin("ship", {"model": "stock.picking", "id": shipped.id})
        self.scan("CABLE-16")
        self.assert_wrong(self.scan("B-1"), "B-1", "Breaker")

    def test_two_products_with_one_code(self):
        """SCN-4: two numbers that are one GTIN, or a lot number that two products have: asked which it is."""
        self.env["product.product"].create({"name": "Nut M8", "is_storable": True, "barcode": "06901234567892"})
        nut = self.env["product.product"].search([("barcode", "=", "06901234567892")])
        picking = self.receive((self.bolt, 5), (nut, 5))
        answer = self.scan("6901234567892")
        self.assertEqual((answer["state"], len(answer["data"]["input"]["choices"])), ("which", 2))
        self.assert_wrong(self.do("pick", self.cable.id))
        self.assert_right(self.do("pick", nut.id))
        self.assertEqual(self.counted(picking), {nut: 1})

    def test_product_without_barcode(self):
        """SCN-4: its reference is its code; one without either is touched on the list and typed."""
        self.bolt.barcode = False
        picking = self.receive((self.bolt, 5))
        self.assertEqual(self.line(self.scan("BM8"))["done"], 1)
        answer = self.do("pick", picking.move_ids.id)
        self.assertTrue(self.line(answer, self.bolt)["current"])
        self.assertEqual(self.line(self.do("quantity", 5, target=picking.move_ids.id), self.bolt)["done"], 5)

    def test_refused_by_the_model(self):
        """SCN-4, REC-7: whoever refuses the goods says why; nothing is counted or booked. Asked at the scan, not at the
        end, and only where they are not reserved."""
        self.put(self.bolt, 5, self.shelf_a)
        picking = self.transfer("outgoing", (self.bolt, 5))
        picking.do_unreserve()
        refused, reason = [], "On hold"

        def create(lines, vals_list):
            refused.append(True)
            raise UserError(reason)
        self.begin("ship", {"model": "stock.picking", "id": picking.id})
        picking.do_unreserve()
        self.patch(self.registry["stock.move.line"], "create", create)
        self.assert_wrong(self.scan("6901234567892"), "On hold")
        self.assertTrue(refused)
        self.assertFalse(self.counted(picking))

    def test_nothing_scanned(self):
        """SCN-4: an empty transfer is not validated in full by mistake."""
        picking = self.receive((self.bolt, 5))
        self.assert_wrong(self.press("finish"), picking.name)
        self.assertEqual(picking.state, "assigned")

    def test_rest_does_not_come(self):
        """SCN-1: what does not come any more has no backorder."""
        picking = self.receive((self.bolt, 5))
        self.scan("6901234567892")
        self.press("finish")
        self.assert_right(self.press("drop"))
        self.assertFalse(self.env["stock.picking"].search([("backorder_id", "=", picking.id), ("state", "!=",
            "cancel")]))
