import uuid

from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class ScanCommon(BaseCommon):
    """A store with three shelves, goods without and with numbers, and a storekeeper with a scanner."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.keeper = new_test_user(
            cls.env, "scan_keeper",
            groups="stock.group_stock_user,stock.group_stock_multi_locations,stock.group_production_lot,"
            "stock.group_tracking_lot", company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)])
        cls.env = cls.env(context=dict(cls.env.context, allowed_company_ids=cls.company.ids))
        cls.store = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.stock, cls.suppliers = cls.store.lot_stock_id, cls.env.ref("stock.stock_location_suppliers")
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.shelf_a, cls.shelf_b = cls.env["stock.location"].create([
            {"name": name, "barcode": f"SHELF-{name}", "location_id": cls.stock.id, "company_id": cls.company.id}
            for name in ("A", "B")])
        cls.bolt, cls.cable, cls.breaker = cls.env["product.product"].create([
            {"name": "Bolt M8", "is_storable": True, "barcode": "6901234567892", "default_code": "BM8"},
            {"name": "Cable", "is_storable": True, "barcode": "CABLE-16", "tracking": "lot"},
            {"name": "Breaker", "is_storable": True, "barcode": "BREAKER-63", "tracking": "serial"}])

    def setUp(self):
        super().setUp()
        self.run = None

    def begin(self, flow, value=None):
        """Start a run; its answer."""
        self.run, self.flow = str(uuid.uuid4()), flow
        return self.do("start", value)

    def do(self, kind, value=None, **event):
        """One event of the run that was begun, as the storekeeper."""
        runs = self.env["scan.run"].with_user(self.user if hasattr(self, "user") else self.keeper)
        answer = runs.outbox_step(
            {"run": self.run, "flow": self.flow, "event": {"kind": kind, "value": value, **event}}, None)
        self.env.invalidate_all()
        return answer

    def scan(self, code, **event):
        return self.do("scan", code, **event)

    def press(self, button):
        return self.do("press", button)

    def assert_wrong(self, answer, *words):
        """A wrong scan: an answer that says so."""
        self.assertEqual((answer["message"] or {}).get("kind"), "error", answer["message"])
        for word in words:
            self.assertIn(word, answer["message"]["text"])

    def assert_right(self, answer):
        self.assertIn((answer["message"] or {}).get("kind"), ("success", None), answer["message"])

    @classmethod
    def put(cls, product, quantity, place=None, lot=None):
        """Goods in stock."""
        cls.env["stock.quant"]._update_available_quantity(product, place or cls.stock, quantity, lot_id=lot)

    @classmethod
    def number(cls, product, name):
        return cls.env["stock.lot"].create({"product_id": product.id, "name": name, "company_id": cls.company.id})

    @classmethod
    def transfer(cls, kind, *goods, source=None, dest=None, **values):
        """A confirmed transfer: kind incoming, internal or outgoing, goods (product, quantity)."""
        operation = {"incoming": cls.store.in_type_id, "internal": cls.store.int_type_id,
            "outgoing": cls.store.out_type_id}[kind]
        source = source or {"incoming": cls.suppliers}.get(kind, cls.stock)
        dest = dest or {"outgoing": cls.customers}.get(kind, cls.stock)
        picking = cls.env["stock.picking"].create({
            "picking_type_id": operation.id, "location_id": source.id, "location_dest_id": dest.id, **values,
            "move_ids": [Command.create({
                "product_id": product.id, "product_uom_qty": quantity, "location_id": source.id,
                "location_dest_id": dest.id}) for product, quantity in goods]})
        picking.action_confirm()
        picking.action_assign()
        return picking

    def line(self, answer, product=None):
        """What the person sees of a product's line."""
        name = (product or self.bolt).display_name
        return next(line for line in answer["data"]["lines"] if line["title"] == name)

    def counted(self, picking):
        """What was scanned and is not booked, by product."""
        rows = self.env["scan.tally"].search([("picking_id", "=", picking.id)])
        return {product: sum(mine.mapped("quantity")) for product, mine in rows.grouped("product_id").items()}
