from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ProductionCommon


@tagged("post_install", "-at_install")
class TestSplitParts(ProductionCommon):
    """A part split off a final inspection stays in its order: card, missing parts and defects go with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_final_plan()
        cls.relay = cls.env["product.product"].create({"name": "Relay", "is_storable": True})

    def made(self, quantity=4, **vals):
        order = self.make_order(quantity=quantity, **vals)
        self.produce(order)
        return order, order.quality_inspection_ids

    def split(self, inspection, quantity, lots=None):
        inspection.with_user(self.inspector).action_split(quantity, lots and lots.ids)
        return inspection.split_ids.sorted("id")[-1]

    def found(self, inspection, text, lot=None):
        return inspection.with_user(self.inspector).action_record_defect(text, lot_id=lot and lot.id).sudo()

    def refused(self, inspection, message):
        with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
            self.conclude(inspection)
        self.env.invalidate_all()

    def test_part_waits_for_missing_parts(self):
        """FQC-5, MAT-10: the part has order and card of its source, and waits for the same missing parts."""
        self.bom.bom_line_ids = [Command.create({"product_id": self.relay.id, "product_qty": 1})]
        order = self.make_order(quantity=4)
        order.process_card_id.with_user(self.operator).action_report_missing(self.relay.id, 4)
        self.produce(order)
        source = order.quality_inspection_ids
        part = self.split(source, 1)
        second = self.split(part.browse(source.id), 1)
        self.assertRecordValues(part | second, [
            {"production_id": order.id, "process_card_id": order.process_card_id.id, "trigger": "final"}] * 2)
        self.assertEqual(order.quality_inspection_ids, source | part | second)
        for inspection in (part, source):
            self.refused(inspection, "Missing part: Relay")
        order.process_card_id.missing_ids.with_user(self.head).action_concede("Customer agreed")
        self.conclude(part)
        self.assertEqual(self.quantity_in(self.stock, self.cabinet), 1)

    def test_part_has_the_defects_of_its_source(self):
        """FQC-5: what was found before the split holds the part too; what is found in a part holds only the part."""
        _order, source = self.made()
        before = self.found(source, "Door scratched")
        part = self.split(source, 2)
        again = self.split(part, 1)
        inside = self.found(again, "Lamp dark")
        self.refused(part, "Door scratched")
        self.refused(again, "(?s)Door scratched.*Lamp dark|Lamp dark.*Door scratched")
        before.with_user(self.head).action_concede("Painted on site")
        self.refused(again, "Lamp dark")
        self.conclude(part)
        self.conclude(source)
        inside.with_user(self.head).action_concede("Lamp goes along")
        self.conclude(again)
        self.assertEqual(self.quantity_in(self.stock, self.cabinet), 4)

    def test_later_defects_of_the_source_do_not_hold_the_part(self):
        """FQC-5: parts are judged apart: what is found in the source after the split is the source's."""
        _order, source = self.made()
        part = self.split(source, 1)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE quality_inspection SET create_date = create_date - interval '1 hour' WHERE id = %s", [part.id])
        self.env.invalidate_all()
        self.found(source, "Door scratched")
        self.conclude(part)
        self.refused(source, "Door scratched")

    def test_defect_of_a_serial_goes_where_it_goes(self):
        """FQC-5: of two serial numbers, the scratched one is split off: the good one is released, the other is not."""
        self.cabinet.tracking = "serial"
        serials = self.make_serials(self.cabinet, "C-1", "C-2")
        order = self.make_order(quantity=2, lot_producing_ids=[Command.set(serials.ids)])
        self.produce(order)
        source = order.quality_inspection_ids
        self.assertEqual(source.lot_ids, serials)
        self.found(source, "Door scratched", serials[0])
        part = self.split(source, 1, serials[0])
        self.conclude(source)
        self.assertEqual(self.quantity_in(self.stock, self.cabinet, serials[1]), 1)
        self.refused(part, "Door scratched")

    def test_cancelling_does_not_pass_the_gate(self):
        """FQC-5: the inspection of finished goods with open defects cannot be cancelled to let them go."""
        _order, source = self.made()
        record = self.found(source, "Door scratched")
        with self.assertRaisesRegex(UserError, "Door scratched"):
            source.with_user(self.head).action_cancel()
        record.with_user(self.head).action_concede("Painted on site")
        source.with_user(self.head).action_cancel()
        self.assertEqual(source.state, "cancelled")

    def test_merge_keeps_orders_and_defects(self):
        """FQC-5: a part with an open defect is not merged away, and inspections of two orders are not one."""
        order, source = self.made()
        part = self.split(source, 1)
        record = self.found(part, "Lamp dark")
        with self.assertRaisesRegex(UserError, record.name):
            (source | part).with_user(self.inspector).action_merge()
        record.with_user(self.head).action_concede("Lamp goes along")
        (source | part).with_user(self.inspector).action_merge()
        self.assertRecordValues(source | part, [
            {"state": "pending", "quantity": 4, "production_id": order.id},
            {"state": "cancelled", "quantity": 1, "production_id": order.id}])
        plan = self.make_plan(trigger="production")
        in_process = self.env["quality.inspection"]._create_batch([
            self.env["quality.inspection"]._prepare_inspection_vals(
                plan, self.cabinet, 1, production_id=one.id, process_card_id=one.process_card_id.id)
            for one in (order, self.make_order())])
        with self.assertRaisesRegex(UserError, "Manufacturing Order"):
            in_process.with_user(self.inspector).action_merge()

    def test_part_keeps_what_the_request_said(self):
        """REC-3: missing documents, the assigned inspector and findings of the receipt go with the part."""
        inspection = self.inspect(self.receive(self.product, 10), self.make_plan(), finding_quantity=True, note="Wet")
        inspection.with_user(self.head).action_assign_inspector(self.inspector.id)
        inspection.with_user(self.inspector).action_missing_documents("Certificate 3.1")
        part = self.split(inspection, 4)
        self.assertRecordValues(part, [{
            "missing_documents": True, "missing_documents_note": "Certificate 3.1", "note": "Wet",
            "finding_quantity": True, "serious_finding": True, "inspector_id": self.inspector.id}])
