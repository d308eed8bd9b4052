from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class QualityCommon(BaseCommon):
    """A warehouse with its inspection area, three products, people of each role, and helpers that receive goods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.env.company.id)], limit=1)
        cls.hold = cls.warehouse.wh_qc_stock_loc_id
        cls.stock = cls.warehouse.lot_stock_id
        cls.supplier_location = cls.env.ref("stock.stock_location_suppliers")
        cls.customer_location = cls.env.ref("stock.stock_location_customers")
        cls.unit = cls.env.ref("uom.product_uom_unit")
        cls.kg, cls.gram = cls.env.ref("uom.product_uom_kgm"), cls.env.ref("uom.product_uom_gram")
        cls.supplier = cls.env["res.partner"].create({"name": "Copper Works"})
        cls._make_products()
        cls._make_people()

    @classmethod
    def _make_products(cls):
        Product = cls.env["product.product"]
        cls.product = Product.create({"name": "Busbar", "is_storable": True})
        cls.lot_product = Product.create({"name": "Resin", "is_storable": True, "tracking": "lot"})
        cls.serial_product = Product.create({"name": "Breaker", "is_storable": True, "tracking": "serial"})

    @classmethod
    def _make_people(cls):
        def person(login, groups):
            return new_test_user(cls.env, login, groups=groups, context={"no_reset_password": True})

        cls.inspector = person("q_inspector", "quality_inspection.group_quality_user")
        cls.inspector_2 = person("q_inspector_2", "quality_inspection.group_quality_user")
        cls.head = person("q_head", "quality_inspection.group_quality_manager")
        cls.storekeeper = person("q_store", "stock.group_stock_user")
        cls.releaser = person("q_release", "quality_inspection.group_quality_release,base.group_user")
        cls.employee = person("q_employee", "base.group_user")
        manager = cls.env["hr.employee"].create({"name": "Head of quality", "user_id": cls.head.id})
        cls.department = cls.env["hr.department"].create({"name": "Quality", "manager_id": manager.id})
        cls.env.company.quality_department_id = cls.department

    @classmethod
    def make_plan(cls, characteristics=None, sampling=None, **vals):
        """A plan: by default one pass/fail characteristic of class major, AQL 1.0 level II."""
        return cls.env["quality.inspection.plan"].create({
            "name": "Plan",
            "trigger": "incoming",
            "characteristic_ids": [Command.create(one) for one in (
                characteristics if characteristics is not None else [{"name": "Surface", "kind": "check"}])],
            "sampling_ids": [Command.create(one) for one in (
                sampling if sampling is not None else [
                    {"defect_class": "major", "method": "aql", "aql": "1.0", "level": "II"}])],
            **vals,
        })

    @classmethod
    def make_lots(cls, product, *names):
        return cls.env["stock.lot"].create([{"name": name, "product_id": product.id} for name in names])

    @classmethod
    def make_move(cls, product, quantity, source, target, lots=None, **vals):
        """A move with its lines, done by nobody yet: one line, or one per serial number."""
        shares = [(lot, quantity / len(lots)) for lot in lots] if lots else [(cls.env["stock.lot"], quantity)]
        return cls.env["stock.move"].create({
            "product_id": product.id,
            "product_uom": product.uom_id.id,
            "product_uom_qty": quantity,
            "location_id": source.id,
            "location_dest_id": target.id,
            "move_line_ids": [Command.create({
                "product_id": product.id, "product_uom_id": product.uom_id.id, "quantity": share, "lot_id": lot.id,
                "location_id": source.id, "location_dest_id": target.id, "picked": True,
                "picking_id": vals.get("picking_id", False)}) for lot, share in shares],
            "picked": True,
            **vals,
        })

    @classmethod
    def without_plans(cls):
        """Receipts as if no plan applied: addons above would make the inspections that the tests here make by hand."""
        return patch.object(cls.registry["quality.inspection.plan"], "_find_plans", lambda *args, **kwargs: {})

    @classmethod
    def receive(cls, product, quantity, lots=None, location=None, **vals):
        """Goods from the supplier in the inspection area; returns the done move."""
        picking = cls.env["stock.picking"].create({
            "picking_type_id": cls.warehouse.in_type_id.id,
            "partner_id": cls.supplier.id,
            "location_id": cls.supplier_location.id,
            "location_dest_id": (location or cls.hold).id,
        })
        move = cls.make_move(product, quantity, cls.supplier_location, location or cls.hold, lots,
                             picking_id=picking.id, **vals)
        with cls.without_plans():
            move._action_confirm(merge=False)
            move._action_done()
        return move

    @classmethod
    def inspect(cls, move, plan=None, **vals):
        """The inspection of a receipt, as the addons that trigger it make it."""
        Inspection = cls.env["quality.inspection"]
        lots = move.move_line_ids.lot_id
        serial = move.product_id.tracking == "serial"
        return Inspection._create_batch([Inspection._prepare_inspection_vals(
            plan or cls.env["quality.inspection.plan"], move.product_id, move.quantity, **{
                "trigger": "incoming",
                "move_id": move.id,
                "picking_id": move.picking_id.id,
                "partner_id": cls.supplier.id,
                "location_id": move.location_dest_id.id,
                "company_id": move.company_id.id,
                "lot_id": lots.id if lots and not serial else False,
                "lot_ids": [Command.set(lots.ids)] if serial else False,
                **vals})]).with_env(cls.env)

    @classmethod
    def start(cls, inspection, user=None):
        """Started by an inspector; returns the inspection as that inspector."""
        mine = inspection.with_user(user or cls.inspector)
        mine.action_start()
        return mine

    @classmethod
    def fill(cls, inspection, defects=0, bad_units=(), values=None):
        """Enter a result for everything: so many defects on each counted line, or bad units on lines per unit.

        :param values: ``{line name: {unit: value}}`` of measured lines
        """
        data = inspection.get_entry_data()
        lines = []
        for line in data["lines"]:
            entry = {"id": line["id"], "defect_count": False, "text_value": False, "measurements": []}
            if line["kind"] == "measure":
                given = (values or {}).get(line["name"], {})
                nominal = line["target"] or line["lower"] or line["upper"]
                entry["measurements"] = [
                    {"unit_no": unit, "value": given.get(unit, nominal)} for unit in range(1, line["sample_size"] + 1)]
            elif line["per_unit"]:
                entry["measurements"] = [
                    {"unit_no": unit, "ok": unit not in bad_units} for unit in range(1, line["sample_size"] + 1)]
            elif line["kind"] in ("check", "count"):
                entry["defect_count"] = defects
            else:
                entry["text_value"] = "seen"
            lines.append(entry)
        return inspection.save_results({"revision": data["revision"], "lines": lines, "samples": []})

    @classmethod
    def conclude(cls, inspection, defects=0, user=None, **options):
        """Start, fill in and conclude in one go."""
        mine = cls.start(inspection, user)
        cls.fill(mine, defects=defects, bad_units=options.pop("bad_units", ()))
        mine.action_conclude(**options)
        return inspection

    def quantity_in(self, location, product, lot=None):
        """Quantity of a product in a location, whoever may use it."""
        domain = [("product_id", "=", product.id), ("location_id", "=", location.id)]
        if lot:
            domain.append(("lot_id", "=", lot.id))
        return sum(self.env["stock.quant"].search(domain).mapped("quantity"))
