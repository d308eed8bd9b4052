"""Subcontracting, installed beside the suite: what a subcontractor makes is inspected when it comes."""
import server
from cloning import cloned_database

SETUP = """
from odoo.fields import Command
company = env.company
company.delivery_note_required = False
plant = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
maker = env["res.partner"].create({"name": "Subcontractor"})
cabinet, sheet = env["product.product"].create([
    {"name": name, "is_storable": True, "purchase_method": "receive"} for name in ("Cabinet made outside", "Sheet")])
env["mrp.bom"].create({
    "product_tmpl_id": cabinet.product_tmpl_id.id, "type": "subcontract", "subcontractor_ids": [Command.set(maker.ids)],
    "bom_line_ids": [Command.create({"product_id": sheet.id, "product_qty": 1})]})
env["stock.quant"]._update_available_quantity(sheet, company.subcontracting_location_id, 100)
env["quality.inspection.plan"].create([{
    "name": f"Cabinets {trigger}", "trigger": trigger, "product_ids": [Command.set(cabinet.ids)],
    "characteristic_ids": [Command.create({"name": "Doors", "kind": "check", "defect_class": "minor"})],
    "sampling_ids": [Command.create({"defect_class": "minor", "method": "whole"})]}
    for trigger in ("incoming", "final")])
order = env["purchase.order"].create({
    "partner_id": maker.id, "picking_type_id": plant.in_type_id.id, "order_line": [
        Command.create({"product_id": cabinet.id, "product_qty": 5, "price_unit": 10})]})
order.button_confirm()
receipt = order.picking_ids
receipt.move_ids.quantity = 5
receipt.move_ids.picked = True
receipt.button_validate()
env.cr.commit()
"""


def quantities(env):
    """Where the cabinets are, without places that are empty."""
    rows = env["stock.quant"].search([("product_id.name", "=", "Cabinet made outside"), ("quantity", "!=", 0)])
    return {row.location_id.name: row.quantity for row in rows}


def test_subcontracted_goods_are_held_and_inspected():
    """REC-2, REC-7, FQC-4: received of a subcontractor, goods are in the inspection area once, with the inspection of
    their receipt, whatever plan for final inspection there is; accepted, they are in stock and qualified."""
    with cloned_database() as clone:
        server.once("subcontracting", "-d", clone.name, "-i", "mrp_subcontracting_purchase")
        clone.run(SETUP)
        with clone.env() as env:
            inspection = env["quality.inspection"].search([("product_id.name", "=", "Cabinet made outside")])
            assert inspection.mapped(lambda one: (one.trigger, one.state, one.quantity_held)) == [
                ("subcontract", "pending", 5)]
            assert inspection.move_id.is_subcontract
            assert quantities(env) == {"Inspection Area": 5, "Production": -5}
            line = inspection.purchase_line_id
            assert (line.qty_received, line.qty_qualified) == (5, 0)
            inspection.action_start()
            inspection.save_results({"revision": 0, "lines": [
                {"id": row.id, "defect_count": 0} for row in inspection.line_ids]})
            inspection.action_conclude()
            assert quantities(env) == {"Stock": 5, "Production": -5}
            assert line.qty_qualified == 5
