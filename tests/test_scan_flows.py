"""Each flow of the scanning page with a wedge and with a camera that sees our labels (a video device of Chromium's),
each screen as a phone of 390x844 and a handheld of 800x480 show it. A receipt with its troubles:
``test_scan_phone.py``."""
from odoo import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.material_shortage.tests.common import ShortageCommon
from odoo.addons.order_delivery.tests.common import DeliveryCommon
from odoo.addons.quality_incoming.tests.common import IncomingCommon
from odoo.addons.warehouse_scan.tests.common import ScanCommon

from scan_camera import cut_out
from scan_phone import ScanPhone
from test_scan_labels import see


@tagged("post_install", "-at_install")
class TestStoreFlows(ScanCommon, ScanPhone):
    prefix, suffix = "~", "Tab"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.scan_prefix = cls.prefix
        cls.dock, cls.line_side = cls.env["stock.location"].create([
            {"name": name, "location_id": cls.store.view_location_id.id, "company_id": cls.company.id}
            for name in ("Dock", "Line Side")])
        cls.breaker.barcode = "6901234567908"
        cls.serial = cls.number(cls.breaker, "ZK-260811-031")

    def test_each_flow_of_the_store(self):
        """SCN-1, SCN-2, SCN-4: put away, pick, move, count, ship and look up with a scanner that sends ~ before each
        code and Tab behind it; the camera reads the GS1 DataMatrix that we print."""
        self.put(self.bolt, 1, self.dock)
        self.put(self.bolt, 2, self.shelf_a)
        self.put(self.breaker, 1, self.shelf_b, self.serial)
        lot = self.number(self.cable, "LOT-9")
        self.put(self.cable, 3, self.shelf_a, lot)
        away = self.transfer("internal", (self.bolt, 1), source=self.dock)
        pick = self.transfer("internal", (self.bolt, 2), dest=self.line_side, origin="MO-77")
        ship = self.transfer("outgoing", (self.breaker, 1))
        label = self._print_label()
        self._open_browser()
        with self.allow_requests(browser=self.browser):
            self._take_phone(self.keeper)
            self._put_away_and_pick(away)
            self._move_and_count()
            self._begin("ship")
            self._aim_and_see(ship.name, ship.name, ".s_head")
            self._scan_and_see(self.serial.name, "1", ".s_amount b")
            self._press("finish")
            self._begin("look_up")
            self.film.show(label)
            self._look_and_see(self.serial.name, ".s_facts")
        self.env.invalidate_all()
        self.assertEqual([away.state, pick.state, ship.state], ["done"] * 3)
        self.assertEqual(away.move_line_ids.location_dest_id, self.shelf_a)
        counted = self.env["stock.quant"].search([("lot_id", "=", lot.id), ("location_id", "=", self.shelf_b.id)])
        self.assertEqual((counted.quantity, counted.inventory_quantity), (1, 1))

    def _print_label(self):
        report = self.env.ref("warehouse_scan.action_report_lot_labels").with_user(self.keeper)
        pdf, _kind = report.with_context(force_report_rendering=True)._render_qweb_pdf(report, self.serial.ids)
        return cut_out(see(pdf), f"010{self.breaker.barcode}21{self.serial.name}")

    def _put_away_and_pick(self, away):
        self._begin("put_away")
        self._aim_and_see(away.name, away.name, ".s_head")
        self._scan_and_see(self.bolt.barcode, "1", ".s_amount b")
        self._scan_and_see("SHELF-A", "Scan goods", ".s_expect")
        self._press("finish")
        self._begin("pick")
        self._aim_and_see("MO-77", "Line Side", ".s_head")
        self._scan_and_see("SHELF-A", self.shelf_a.display_name, ".s_expect")
        self._wedge(self.bolt.barcode)
        self._scan_and_see(self.bolt.barcode, "2", ".s_amount b")
        self._press("finish")

    def _move_and_count(self):
        self._begin("move")
        self._aim_and_see("LOT-9", "LOT-9", ".s_run")
        # its transfer: words of success go away by themselves
        self._scan_and_see("SHELF-B", f"{self.store.code}/INT", ".s_head")
        self._begin("count")
        self._aim_and_see("SHELF-B", self.shelf_b.display_name)
        self._scan_and_see("LOT-9", "1", ".s_amount b")
        self._scan_and_see(f"010{self.breaker.barcode}21{self.serial.name}", self.serial.name, ".s_run")
        self._press("finish")


@tagged("post_install", "-at_install")
class TestLoadFlow(DeliveryCommon, ScanPhone):
    def test_load(self):
        """SCN-1, DLV-2: a notice is loaded: what is missing is named, what was loaded leaves."""
        self.cable.barcode = "CABLE-95"
        notice = self._notice(self._order(2, self.cable))
        picking = notice.sudo().picking_ids
        self._open_browser()
        with self.allow_requests(browser=self.browser):
            self._take_phone(self.store)
            self._begin("load")
            self._aim_and_see(notice.sudo().name, picking.name, ".s_head")
            self._scan_and_see("CABLE-95", "1", ".s_amount b")
            self._press("finish", ".s_message.s_is_error")
            self._scan_and_see("CABLE-95", "2", ".s_amount b")
            self._press("finish", "[data-button=leave]")
            self._press("leave")
        self.env.invalidate_all()
        self.assertEqual((picking.state, notice.sudo().loaded_by), ("done", self.store))


@tagged("post_install", "-at_install")
class TestProductionFlows(ShortageCommon, ScanPhone):
    def test_kit_check_and_shortage(self):
        """SCN-1, MAT-9, MAT-10: parts are picked by the list and signed for; a missing one is reported."""
        self.busbar.barcode, self.breaker.barcode = "BUSBAR-1", "BREAKER-1"
        self.put(self.busbar, 10)
        order = self.make_order([(self.busbar, 2)], days=0)
        order.action_assign()
        order.name = "WH/MO/00011"  # ZXing finds its QR code in no upright picture
        other = self.make_order([(self.breaker, 3)], days=0)
        self._open_browser()
        with self.allow_requests(browser=self.browser):
            self._take_phone(self.storekeeper)
            self._begin("kit_check")
            self._aim_and_see(order.name, order.name, ".s_head")
            self._scan_and_see("BUSBAR-1", "1", ".s_amount b")
            self._scan_and_see("BUSBAR-1", "2", ".s_amount b")
            self._press("finish")
            self._begin("shortage")
            self._aim_and_see(other.name, "Breaker", ".s_run")
            self._scan_and_see("BREAKER-1", "How many", ".s_expect")
            self._press("report")
        self.env.invalidate_all()
        check = self.env["material.check"].search([("production_id", "=", order.id), ("kind", "=", "issue")])
        self.assertEqual(check.handed_by, self.storekeeper)
        self.assertEqual(self.lines(other).mapped("reported_quantity"), [3])


@tagged("post_install", "-at_install")
class TestQualityFlows(IncomingCommon, ScanPhone):
    def test_inspection_and_gate(self):
        """SCN-1, REC-2, REC-3, NCR-5: goods are handed to inspection and inspected; a guard lets a pass out and in."""
        self.product.barcode, self.plain.barcode = "BOLT-12", "WASHER-12"
        order = self._order((self.product, 20))
        self._receive(order)
        inspection = order.picking_ids.quality_inspection_ids
        draft = self.env["quality.inspection"].with_user(self.inspector).create(
            {"product_id": self.plain.id, "quantity": 5})
        guard = new_test_user(
            self.env, "scan_guard", groups="stock_gate_pass.group_gate_guard", company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)])
        gate = self.env["stock.gate.pass"].with_user(self.keeper).create({
            "reason": "other", "partner_id": self.supplier.id, "must_return": True, "expected_return": "2030-01-10",
            "line_ids": [Command.create({"name": "Crimping tool", "quantity": 2})]})
        gate.sudo().action_approve()
        self._open_browser()
        with self.allow_requests(browser=self.browser):
            self._take_phone(self.inspector)
            self._begin("hand_over")
            self._aim_and_see("WASHER-12", "Hand it over", ".s_expect")
            self._press("submit")
            self._begin("inspect")
            self._aim_and_see("BOLT-12", inspection.name, ".s_head")
            self._press("ok", "[data-button=conclude]")
            self._press("conclude", ".s_yes")
            self._tap(".s_yes")
            self._wait("document.querySelector('.s_home')")
            self._take_phone(guard)
            for flow, says in (("gate_out", "Crimping tool"), ("gate_in", "Crimping tool")):
                self._begin(flow)
                self._aim_and_see(gate.name, says, ".s_run")
                self._press("pass")
        self.env.invalidate_all()
        self.assertEqual((draft.state, inspection.state, gate.state), ("pending", "done", "returned"))
