import base64
import uuid

from odoo.tests import tagged

from odoo.addons.material_shortage.tests.common import ShortageCommon

PIXEL = base64.b64encode(base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")).decode()


@tagged("-at_install", "post_install")
class TestScanMrp(ShortageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.breaker.write({"barcode": "BREAKER-1", "tracking": "serial"})
        cls.busbar.barcode = "BUSBAR-1"
        cls.lots = cls.env["stock.lot"].create([
            {"name": f"BR-{number}", "product_id": cls.breaker.id, "company_id": cls.company.id}
            for number in range(3)])
        for lot in cls.lots:
            cls.env["stock.quant"]._update_available_quantity(cls.breaker, cls.stock, 1, lot_id=lot)
        cls.put(cls.busbar, 10)
        cls.order = cls.make_order([(cls.breaker, 2), (cls.busbar, 4)], days=0)
        cls.order.action_assign()

    def do(self, user, flow, kind, value=None, **more):
        self.runs = getattr(self, "runs", {})
        files = more.pop("files", {})
        run = self.runs.setdefault((flow, user), str(uuid.uuid4()))
        answer = self.env["scan.run"].with_user(user).outbox_step(
            {"run": run, "flow": flow, "event": {"kind": kind, "value": value, **more}, **files}, None)
        self.env.invalidate_all()
        return answer

    def wrong(self, answer, *words):
        self.assertEqual(answer["message"]["kind"], "error", answer["message"])
        for word in words:
            self.assertIn(word, answer["message"]["text"])

    def test_picked_by_the_list(self):
        """MAT-9, SCN-1: parts are scanned by the material list, the numbers taken are reserved, warehouse and picker
        sign."""
        answer = self.do(self.storekeeper, "kit_check", "scan", self.order.name)
        self.assertEqual((answer["state"], len(answer["data"]["lines"])), ("count", 2), answer["message"])
        self.wrong(self.do(self.storekeeper, "kit_check", "press", "finish"), self.order.name)
        for code in ("BR-0", "BR-2"):
            self.assertEqual(self.do(self.storekeeper, "kit_check", "scan", code)["message"]["kind"], "success")
        self.wrong(self.do(self.storekeeper, "kit_check", "scan", "BR-1"), "Breaker")
        self.do(self.storekeeper, "kit_check", "scan", "BUSBAR-1")
        moves = self.order.move_raw_ids
        busbar = moves.filtered(lambda move: move.product_id == self.busbar)
        self.do(self.storekeeper, "kit_check", "quantity", 4, target=busbar.id)
        answer = self.do(self.storekeeper, "kit_check", "press", "finish")
        self.assertEqual(answer["state"], "done", answer["message"])
        check = self.env["material.check"].search([("production_id", "=", self.order.id), ("kind", "=", "issue")])
        self.assertEqual((check.handed_by, check.state), (self.storekeeper, "open"))
        self.assertEqual((moves - busbar).move_line_ids.lot_id, self.lots[0] | self.lots[2])
        self.assertFalse(any(moves.mapped("picked")), "production consumes it, not the store")
        self.do(self.storekeeper, "kit_check", "start", {"model": "mrp.production", "id": self.order.id})
        self.wrong(self.do(self.storekeeper, "kit_check", "press", "finish"), self.order.name)
        self.do(self.fitter, "kit_check", "scan", self.order.name)
        self.assertEqual(self.do(self.fitter, "kit_check", "press", "finish")["state"], "done")
        self.assertEqual((check.taken_by, check.state), (self.fitter, "done"))

    def test_missing_parts_are_reported_and_said(self):
        """MAT-9, MAT-10: signed with missing parts only in words; each missing part is reported by its own method."""
        self.do(self.storekeeper, "kit_check", "scan", self.order.name)
        self.do(self.storekeeper, "kit_check", "scan", "BR-0")
        answer = self.do(self.storekeeper, "kit_check", "press", "finish")
        self.assertEqual((answer["state"], len(answer["data"]["lines"])), ("missing", 2))
        self.wrong(self.do(self.storekeeper, "kit_check", "text", " "))
        answer = self.do(self.storekeeper, "kit_check", "text", "Starts with the frame on Monday")
        self.assertEqual(answer["state"], "done", answer["message"])
        lines = self.lines(self.order, "open") | self.lines(self.order, "promised")
        self.assertEqual({line.product_id: line.quantity for line in lines}, {self.breaker: 1, self.busbar: 4})
        check = self.env["material.check"].search([("production_id", "=", self.order.id), ("kind", "=", "issue")])
        self.assertIn("Monday", check.note)

    def test_shortage_with_a_photo(self):
        """MAT-10, SCN-1: a missing part is reported from where one stands: order, part, how many, a photo."""
        self.wrong(self.do(self.fitter, "shortage", "scan", "BUSBAR-1"))
        self.do(self.fitter, "shortage", "scan", self.order.name)
        answer = self.do(self.fitter, "shortage", "scan", "BUSBAR-1")
        self.assertEqual(answer["data"]["input"]["value"], 4)
        self.wrong(self.do(self.fitter, "shortage", "quantity", 0, target="amount"))
        self.do(self.fitter, "shortage", "quantity", 3, target="amount")
        answer = self.do(self.fitter, "shortage", "press", "report")
        self.assertEqual(answer["state"], "reported", answer["message"])
        line = self.lines(self.order)
        self.assertEqual((line.product_id, line.reported_quantity, line.reported_by), (self.busbar, 3, self.fitter))
        self.do(self.fitter, "shortage", "press", "photo")
        self.wrong(self.do(self.fitter, "shortage", "photo", files={}))
        self.do(self.fitter, "shortage", "photo", files={"photo": PIXEL})
        self.assertTrue(line.photo)

    def test_order_that_is_over(self):
        """SCN-4: a cancelled order takes nothing; its code leads nowhere else."""
        self.order.action_cancel()
        self.wrong(self.do(self.storekeeper, "kit_check", "scan", self.order.name), self.order.name)
        self.assertFalse(self.do(self.storekeeper, "look_up", "scan", self.order.name)["data"]["buttons"])
