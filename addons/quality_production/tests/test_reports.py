from odoo.fields import Command

from odoo.addons.quality_inspection.tests.common_report import ReportCase

from .common import ProductionCommon


class TestReports(ReportCase, ProductionCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.cabinet.tracking = "serial"

    def _make(self, *names):
        """A confirmed order for these serial numbers."""
        order = self.make_order(quantity=len(names))
        order.lot_producing_ids = self.make_serials(self.cabinet, *names)
        return order

    def test_new_card_has_room_for_the_pen(self):
        """FQC-1, FQC-2: a new card lists operations with control points and limits, marks the key operation, and has
        empty rows; its code leads to the card."""
        card = self._make("C-1").process_card_id
        text = self.print_form("quality_production.report_process_card", card, self.operator)
        self.assertSays(
            text, card.name, "Process Card", "Cabinet", card.production_id.name, "C-1", "☐ Complete and Undamaged",
            "Mounting", "☐ Screws tight", "☐ Torque", "20 – 25 Nm", "30", "★ Busbar crimping", "Pull test", "20",
            "Missing Parts", "Defect Record", "Daily Check")
        page = self.print_html("quality_production.report_process_card", card, self.operator)
        self.assertEqual(len(page.find_class("o_qp_blank_row")), 7)
        self.assertTrue(page.xpath(f"//img[@alt='Barcode {card.card_url}']"))
        self.assertSays(
            self.print_form("quality_production.report_process_card", card, self.operator, "zh_CN"), "工序卡", "自检")

    def test_signed_card_shows_who_signed(self):
        """FQC-1, FQC-2, FQC-3: signatures, measured value, missing part, defect and daily check stand on the card;
        a closed card has no empty rows."""
        order = self._make("C-1")
        card = order.process_card_id
        card.with_user(self.operator).action_report_missing(self.product.id, 1, note="Not delivered")
        card.with_user(self.operator).action_report_defect("Scratched door", quantity=1)
        card.with_user(self.leader).action_daily_check(result="ng", note="Loose cable", measure="Tied")
        self.complete(card)
        text = self.print_form("quality_production.report_process_card", card, self.operator)
        self.assertSays(
            text, "☑ Complete and Undamaged", self.operator.name, "☑ Torque", "22", self.operator.name,
            "★ Busbar crimping", self.operator.name, self.inspector.name, "Busbar", "1", "Not delivered",
            "Scratched door", "Loose cable", "Measure: Tied", self.leader.name)
        card.missing_ids.with_user(self.operator).action_installed()
        self.produce(order, complete=False)
        page = self.print_html("quality_production.report_process_card", card, self.operator)
        self.assertFalse(page.find_class("o_qp_blank_row"))

    def test_request_for_finished_goods(self):
        """FQC-4, FQC-5: the request names order, card and serial number, the part that is missing, and the defect
        with the signatures of correction and re-inspection."""
        self.make_final_plan()
        order = self._make("C-1")
        card = order.process_card_id
        card.with_user(self.operator).action_report_missing(self.product.id, 1, note="Late")
        self.produce(order)
        inspection = order.quality_inspection_ids.filtered(lambda one: one.trigger == "final")
        mine = self.start(inspection)
        mine.action_record_defect("Label missing", lot_id=order.lot_producing_ids.id)
        record = inspection.defect_record_ids
        text = self.print_form("quality_production.report_final_request", inspection, self.inspector)
        self.assertSays(
            text, inspection.name, "Product Inspection Request", order.name, card.name, "Cabinet", "C-1",
            "☐ Submitted complete", "☑ Submitted with missing parts", "Busbar", "1", "Late", "Label missing",
            self.inspector.name, self.operator.name)
        record.with_user(self.leader).action_correct("Label fixed")
        record.with_user(self.inspector).action_reinspect()
        text = self.print_form("quality_production.report_final_request", inspection, self.inspector)
        self.assertSays(text, "Label missing", "Label fixed", self.leader.name, "Closed", self.inspector.name)

    def test_test_report_of_a_passed_serial(self):
        """FQC-5: each serial number has its own report with its own measured value, passed and released."""
        self.make_final_plan(serial_wise=True, characteristics=[
            {"name": "Withstand voltage", "kind": "check"},
            {"name": "Gap", "kind": "measure", "has_lower": True, "lower": 125, "has_upper": False,
             "uom_id": self.env.ref("uom.product_uom_millimeter").id}])
        order = self._make("C-1")
        self.produce(order)
        inspection = order.quality_inspection_ids
        mine = self.start(inspection)
        self.fill(mine, values={"Gap": {1: 128.5}})
        mine.action_conclude()
        serial = order.lot_producing_ids
        text = self.print_form("quality_production.report_test_report", serial, self.inspector)
        self.assertSays(
            text, "C-1", "Test Report", "Cabinet", order.name, inspection.name, "Withstand voltage", "✓", "Gap",
            "≥ 125 mm", "128.5", "✓", "PASSED", inspection.name, self.inspector.name)
        self.assertNotIn("NOT RELEASED", text)

    def test_test_report_never_passes_what_is_not_released(self):
        """FQC-5, REC-7: without a concluded inspection, and after a rejection, the report says so and is no pass."""
        self.make_final_plan()
        order = self._make("C-1")
        self.produce(order)
        serial = order.lot_producing_ids
        text = self.print_form("quality_production.report_test_report", serial, self.inspector)
        self.assertSays(text, "No final inspection of this serial number is concluded.", "NOT RELEASED")
        self.conclude(order.quality_inspection_ids, bad_units=(1,))
        text = self.print_form("quality_production.report_test_report", serial, self.inspector)
        self.assertSays(text, "The product is not released.", "NOT RELEASED")
        self.assertNotIn("PASSED", text)

    def test_passport_of_a_serial(self):
        """FQC-5, REC-8: the passport lists components with their lots, operations with signatures, and the test."""
        resin = self.make_lots(self.lot_product, "RESIN-1")
        self.receive(self.lot_product, 10, resin, location=self.stock)
        self.bom.bom_line_ids = [Command.create({"product_id": self.lot_product.id, "product_qty": 3})]
        self.make_final_plan()
        order = self._make("C-1")
        self.produce(order)
        self.conclude(order.quality_inspection_ids)
        text = self.print_form("quality_production.report_passport", order.lot_producing_ids, self.inspector)
        self.assertSays(text, "C-1", "Product Passport", "Cabinet", order.name, order.process_card_id.name)
        self.assertSays(text, "Resin", "RESIN-1", "3", "Copper Works")
        self.assertSays(text, "Mounting", self.operator.name, "★ Busbar crimping", self.inspector.name)
        self.assertSays(text, order.quality_inspection_ids.name, "Surface", "✓", "None")

    def test_material_return_slip(self):
        """MAT-11: the slip names order, reason, what comes back and who asked for it."""
        self.cabinet.tracking = "none"
        order = self.make_order(quantity=2)
        self.produce(order)
        slip = self.env["material.return"].with_user(self.operator).create({
            "production_id": order.id, "reason": "surplus", "line_ids": [Command.create({
                "product_id": self.product.id, "quantity": 2})]})
        slip.action_submit()
        text = self.print_form("quality_production.report_material_return", slip, self.operator)
        self.assertSays(text, slip.name, "Material Return Slip", order.name, "☑ Surplus", "Busbar", "2",
                        self.operator.name)
