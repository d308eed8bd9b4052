import base64
import uuid

from odoo.tests import tagged

from odoo.addons.quality_incoming.tests.common import IncomingCommon

PIXEL = base64.b64encode(base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")).decode()


@tagged("-at_install", "post_install")
class TestScanQuality(IncomingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.barcode, cls.plain.barcode = "BOLT-12", "WASHER-12"

    def do(self, user, flow, kind, value=None, **more):
        files = more.pop("files", {})
        self.runs = getattr(self, "runs", {})
        run = self.runs.setdefault(flow, str(uuid.uuid4()))
        answer = self.env["scan.run"].with_user(user).outbox_step(
            {"run": run, "flow": flow, "event": {"kind": kind, "value": value, **more}, **files}, None)
        self.env.invalidate_all()
        return answer

    def wrong(self, answer, *words):
        self.assertEqual(answer["message"]["kind"], "error", answer["message"])
        for word in words:
            self.assertIn(word, answer["message"]["text"])

    def received(self):
        """Bolts that were received by scanning, and wait for their inspection."""
        order = self._order((self.product, 20))
        self.do(self.keeper, "receive", "scan", order.name)
        self.do(self.keeper, "receive", "scan", "BOLT-12")
        self.do(self.keeper, "receive", "quantity", 20, target=order.picking_ids.move_ids.id)
        self.do(self.keeper, "receive", "press", "finish")
        return order

    def test_delivery_note_is_asked_for(self):
        """REC-1, SCN-1: no receipt without the number of its delivery note: it opens the receipt, or is asked for."""
        self.company.delivery_note_required = True
        order = self.received()
        picking = order.picking_ids
        self.assertEqual(picking.state, "assigned")
        answer = self.do(self.keeper, "receive", "press", "nothing")
        self.assertEqual((answer["state"], answer["data"]["input"]["id"]), ("note", "note"))
        self.wrong(self.do(self.keeper, "receive", "text", " "))
        answer = self.do(self.keeper, "receive", "scan", "DN-2026-77")
        self.assertEqual(answer["state"], "done", answer["message"])
        self.assertEqual((picking.state, picking.delivery_note_ref), ("done", "DN-2026-77"))
        second = self._order((self.plain, 3)).picking_ids
        second.delivery_note_ref = "DN-78"
        self.runs = {}
        answer = self.do(self.keeper, "receive", "scan", "DN-78")
        self.assertEqual(answer["data"]["title"], second.name)

    def test_received_goods_are_held(self):
        """REC-7, SCN-4: goods that wait for their inspection are not moved: the refusal is the message, nothing
        booked."""
        self.received()
        self.assertEqual(self._stock_of(self.product, self.hold), 20)
        shelf = self.env["stock.location"].create(
            {"name": "Q", "barcode": "Q-SHELF", "location_id": self.stock.id, "company_id": self.company.id})
        self.do(self.keeper, "move", "scan", "BOLT-12")
        self.wrong(self.do(self.keeper, "move", "scan", "Q-SHELF"), "Bolt")
        self.assertEqual((self._stock_of(self.product, self.hold), self._stock_of(self.product, shelf)), (20, 0))

    def test_inspected_with_a_photo(self):
        """SCN-1, REC-3, REC-4: goods are scanned, results entered with a photo, the verdict given; only by
        inspectors."""
        order = self.received()
        inspection = order.picking_ids.quality_inspection_ids
        self.assertEqual(inspection.state, "pending")
        answer = self.do(self.inspector, "inspect", "scan", "BOLT-12")
        self.assertEqual((answer["state"], inspection.state), ("results", "in_progress"), answer["message"])
        line = inspection.line_ids
        self.wrong(self.do(self.inspector, "inspect", "quantity", "x", target=line.id))
        self.wrong(self.do(self.inspector, "inspect", "quantity", 1, target=10 ** 8))
        self.assertEqual(self.do(self.inspector, "inspect", "press", "photo")["data"]["input"]["kind"], "photo")
        self.wrong(self.do(self.inspector, "inspect", "photo", "a.png", target=line.id, files={}))
        answer = self.do(self.inspector, "inspect", "photo", "a.png", target=line.id, files={"photo": PIXEL})
        self.assertEqual((answer["state"], line.attachment_ids.name), ("results", "a.png"))
        answer = self.do(self.inspector, "inspect", "press", "ok")
        self.assertIn("conclude", [button["id"] for button in answer["data"]["buttons"]])
        answer = self.do(self.inspector, "inspect", "press", "conclude")
        self.assertEqual((answer["state"], inspection.state, inspection.verdict), ("done", "done", "accept"))
        self.wrong(self.do(self.inspector, "inspect", "scan", inspection.name), inspection.name)
        from odoo.exceptions import UserError
        self.runs = {}
        with self.assertRaises(UserError):
            self.do(self.keeper, "inspect", "start")

    def test_handed_to_inspection(self):
        """SCN-1, REC-2: a draft is handed to quality by scanning its number."""
        inspection = self.env["quality.inspection"].with_user(self.inspector).create(
            {"product_id": self.product.id, "quantity": 5})
        answer = self.do(self.inspector, "hand_over", "scan", "BOLT-12")
        self.assertEqual(answer["state"], "show", answer["message"])
        self.assertEqual(self.do(self.inspector, "hand_over", "press", "submit")["state"], "done")
        self.assertEqual(inspection.state, "pending")
        self.wrong(self.do(self.inspector, "hand_over", "scan", inspection.name))

    def test_inspected_with_words_and_an_instrument(self):
        """REC-4: a text is a result, a remark stands on one; the instrument is chosen or scanned, an overdue one is
        refused, and what was entered before stays."""
        instruments = self.env["quality.instrument"].create([
            {"name": name, "code": name, "company_id": self.company.id, "calibration_due": due}
            for name, due in (("CAL-1", "2099-01-01"), ("CAL-OLD", "2020-01-01"))])
        inspection = self.received().picking_ids.quality_inspection_ids
        inspection.sudo().line_ids.unlink()
        sample = inspection.sample_ids[:1]
        values = {"inspection_id": inspection.id, "sample_id": sample.id, "defect_class": "major"}
        width, colour, look = self.env["quality.inspection.line"].sudo().create([
            {**values, "name": "Width", "kind": "measure", "sequence": 1, "sample_size": 2,
             "uom_id": self.env.ref("uom.product_uom_millimeter").id},
            {**values, "name": "Colour", "kind": "text", "sequence": 2},
            {**values, "name": "Look", "kind": "check", "sequence": 3, "sample_size": 2}])

        def do(kind, value=None, **more):
            return self.do(self.inspector, "inspect", kind, value, **more)
        do("scan", "BOLT-12")
        answer = do("quantity", 12.5, target=width.id)
        self.assertIn("instrument", [button["id"] for button in answer["data"]["buttons"]])
        choices = do("press", "instrument")["data"]["input"]["choices"]
        self.assertEqual([one["id"] for one in choices if one["label"].startswith("[CAL")], instruments.ids)
        self.wrong(do("pick", instruments[1].id), "CAL-OLD")
        self.wrong(do("pick", 10 ** 8))
        self.assertEqual(do("pick", instruments[0].id)["state"], "results")
        self.assertEqual((width.instrument_id, width.measurement_ids.entered), (instruments[0], 12.5))
        self.wrong(do("scan", "CAL-OLD"), "CAL-OLD")
        self.assertEqual(do("scan", "CAL-1")["state"], "results")
        answer = do("quantity", 12.6, target=width.id)
        self.assertEqual(len(width.measurement_ids), 2)
        self.assertEqual((answer["data"]["input"]["kind"], answer["data"]["input"]["id"]), ("text", colour.id))
        self.wrong(do("scan", "CAL-1"), "Colour")
        self.wrong(do("text", "  ", target=colour.id))
        do("text", "RAL 7035", target=colour.id)
        self.assertEqual((colour.text_value, colour.result), ("RAL 7035", "ok"))
        self.assertEqual(do("press", "note")["state"], "note")
        self.assertEqual(do("text", "scratched", target=look.id)["state"], "results")
        self.assertEqual((look.text_value, look.is_entered), ("scratched", False))
