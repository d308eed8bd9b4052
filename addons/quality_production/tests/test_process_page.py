from odoo.tests import HttpCase, tagged

from .common import ProductionCommon


@tagged("post_install", "-at_install")
class TestProcessPage(ProductionCommon, HttpCase):
    """The pages in a browser as small as a phone."""

    browser_size = "414x896"
    touch_enabled = True

    def test_operator_and_quality_sign_on_the_phone(self):
        """FQC-1, FQC-2, FQC-3, MAT-10, NCR-1: the QR address opens the card; operator and inspector sign it there."""
        card = self.make_order().process_card_id
        address = f"/quality/card/{card.id}"
        self.start_tour(address, "quality_production_card_operator", login=self.operator.login)
        first, second = card.line_ids
        self.assertRecordValues(first, [{
            "state": "done", "self_checked_by": self.operator.id, "actual_minutes": 25}])
        self.assertRecordValues(card.nonconformity_ids, [{"description": "Paint scratched", "state": "open"}])
        self.assertEqual(card.nonconformity_ids.attachment_ids.mimetype, "image/jpeg")
        self.assertRecordValues(card.missing_ids, [{"product_id": self.product.id, "quantity": 1}])
        self.start_tour(address, "quality_production_card_quality", login=self.inspector.login)
        self.assertRecordValues(second, [{"state": "done", "quality_confirmed_by": self.inspector.id}])

    def test_passport_opens_by_its_code(self):
        """REC-9: the QR address opens the passport; a component's lot opens its own."""
        self.cabinet.write({"tracking": "serial", "process_card_required": False})
        self.bom.operation_ids.unlink()
        panel = self.env["product.product"].create({"name": "Panel", "is_storable": True, "tracking": "lot"})
        self.bom.bom_line_ids = [(0, 0, {"product_id": panel.id, "product_qty": 1})]
        resin = self.make_lots(self.lot_product, "RESIN-1")
        self.stock_up(self.lot_product, 5, resin)
        self.env["mrp.bom"].create({
            "product_tmpl_id": panel.product_tmpl_id.id, "consumption": "flexible",
            "bom_line_ids": [(0, 0, {"product_id": self.lot_product.id, "product_qty": 1})]})
        inner = self.make_order(product=panel)
        inner.lot_producing_ids = self.make_serials(panel, "PANEL-1")
        self.produce(inner)
        order = self.make_order()
        order.lot_producing_ids = self.make_serials(self.cabinet, "CAB-1")
        self.produce(order)
        self.start_tour(f"/quality/passport/{order.lot_producing_ids.id}", "quality_production_passport",
                        login=self.storekeeper.login)
