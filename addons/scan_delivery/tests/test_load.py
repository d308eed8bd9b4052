import uuid

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.order_delivery.tests.common import DeliveryCommon


@tagged("-at_install", "post_install")
class TestLoad(DeliveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cabinet.tracking = "serial"
        cls.cable.barcode = "CABLE-95"

    def setUp(self):
        super().setUp()
        lots = self.env["stock.lot"].create([
            {"name": name, "product_id": self.cabinet.id, "company_id": self.company.id} for name in ("KYN-1",
            "KYN-2", "KYN-3")])
        for lot in lots:
            self.env["stock.quant"]._update_available_quantity(self.cabinet, self.warehouse.lot_stock_id, 1, lot_id=lot)
        self.env["stock.quant"]._update_available_quantity(self.cable, self.warehouse.lot_stock_id, 2)
        order = self.env["sale.order"].create({
            "partner_id": self.customer.id, "user_id": self.seller.id, "company_id": self.company.id, "order_line": [
                (0, 0, {"product_id": product.id, "product_uom_qty": 2}) for product in self.cabinet + self.cable]})
        order.action_confirm()
        order.picking_ids.action_assign()
        self.notice = self._notice(order)
        self.picking = self.notice.sudo().picking_ids
        self.run = str(uuid.uuid4())

    def do(self, kind, value=None):
        answer = self.env["scan.run"].with_user(self.store).outbox_step(
            {"run": self.run, "flow": "load", "event": {"kind": kind, "value": value}}, None)
        self.env.invalidate_all()
        return answer

    def wrong(self, answer, *words):
        self.assertEqual(answer["message"]["kind"], "error", answer["message"])
        for word in words:
            self.assertIn(word, answer["message"]["text"])

    def test_loaded_as_the_notice_says(self):
        """DLV-2: the number of the notice opens it; its goods and serial numbers are scanned, the check is written on
        it,
        and then it leaves with just these."""
        answer = self.do("start")
        self.assertIn(self.picking.name, [line["title"] for line in answer["data"]["lines"]])
        self.assertEqual(self.do("scan", self.notice.name)["state"], "count")
        self.wrong(self.do("press", "finish"))
        for code in ("KYN-1", "KYN-3", "CABLE-95"):
            self.assertEqual(self.do("scan", code)["message"]["kind"], "success")
        self.wrong(self.do("press", "finish"), "1", "Cable")
        self.assertFalse(self.notice.loaded_on)
        self.do("scan", "CABLE-95")
        self.wrong(self.do("scan", "CABLE-95"), "Cable")
        self.wrong(self.do("scan", "KYN-2"), "Cabinet")
        answer = self.do("press", "finish")
        self.assertEqual((answer["state"], self.notice.loaded_by), ("loaded", self.store))
        self.assertEqual(self.picking.state, "assigned")
        self.assertTrue(self.do("press", "leave")["data"]["finished"])
        self.assertEqual(self.picking.state, "done")
        self.assertEqual(set(self.picking.move_line_ids.lot_id.mapped("name")), {"KYN-1", "KYN-3"})

    def test_crate_is_scanned_whole(self):
        """DLV-2: a crate is one scan for all that is in it."""
        package = self.env["stock.package"].create({"name": "CRATE-1"})
        self.picking.do_unreserve()
        self.env["stock.quant"]._update_available_quantity(self.cable, self.warehouse.lot_stock_id, 2,
            package_id=package)
        self.do("start", {"model": "stock.picking", "id": self.picking.id})
        self.assertEqual(self.do("scan", "CRATE-1")["message"]["kind"], "success")
        self.wrong(self.do("scan", "CRATE-1"), "Cable")

    def test_agreed_missing_parts(self):
        """DLV-2, DLV-8: what the customer has agreed to miss may be missing."""
        self.notice.sudo().line_ids.filtered(lambda line: line.product_id == self.cable).quantity_agreed = 2
        self.do("start", {"model": "stock.picking", "id": self.picking.id})
        for code in ("KYN-1", "KYN-2"):
            self.do("scan", code)
        self.assertEqual(self.do("press", "finish")["state"], "loaded")

    def test_withdrawn_notice(self):
        """DLV-2: a notice that was withdrawn is not loaded, and the check is made again with the new release."""
        self.do("start", {"model": "stock.picking", "id": self.picking.id})
        for code in ("KYN-1", "KYN-2", "CABLE-95", "CABLE-95"):
            self.do("scan", code)
        self.do("press", "finish")
        self.notice.with_user(self.desk).action_withdraw("The customer adds a panel")
        self.assertFalse(self.notice.loaded_on)
        self.wrong(self.do("press", "leave"), self.notice.name)
        self.assertEqual(self.picking.state, "assigned")

    def test_nothing_leaves_unchecked_where_demanded(self):
        """DLV-2: with the switch of the company no door validates before the loading check; after it, the desk's does,
        too; a notice that is released anew is checked anew."""
        self.company.loading_check_required = True
        picking = self.picking.with_user(self.store)
        for move in picking.move_ids:
            move.picked = True
        for door in (picking.button_validate, picking._action_done, picking.move_ids._action_done):
            with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
                door()
            self.assertIn(self.notice.name, str(refused.exception))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.notice.with_user(self.store).write({"loaded_on": "2026-01-01 00:00:00"})
        self.do("start", {"model": "stock.picking", "id": self.picking.id})
        for code in ("KYN-1", "KYN-2", "CABLE-95", "CABLE-95"):
            self.do("scan", code)
        self.assertEqual(self.do("press", "finish")["state"], "loaded")
        picking.button_validate()
        self.assertEqual(self.picking.state, "done")

    def test_without_the_switch_the_check_is_free(self):
        """DLV-2: without the switch a delivery may leave without its check."""
        self.picking.move_ids.picked = True
        self.picking.with_user(self.store).button_validate()
        self.assertEqual(self.picking.state, "done")
