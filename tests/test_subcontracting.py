"""Subcontracting, installed beside the suite: what is made outside is inspected when it comes, dated when promised."""
from datetime import timedelta

from odoo import fields

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
panel = env["product.product"].create({"name": "Panel", "is_storable": True})
env["mrp.bom"].create({"product_tmpl_id": panel.product_tmpl_id.id, "bom_line_ids": [
    Command.create({"product_id": cabinet.id, "product_qty": 1})]})
env["stock.quant"]._update_available_quantity(sheet, company.subcontracting_location_id, 100)
works = env["res.partner"].create({"name": "Sheet Works"})
env["product.supplierinfo"].create([
    {"partner_id": partner.id, "product_tmpl_id": product.product_tmpl_id.id, "delay": days, "price": 1}
    for partner, product, days in ((maker, cabinet, 10), (works, sheet, 5))])
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


def quote(env, name, quantity):
    """A quotation of so many of a product."""
    product = env["product.product"].search([("name", "=", name)])
    product.sale_delay = 0
    return env["sale.order"].create({
        "partner_id": env["res.partner"].create({"name": "Grid Company"}).id,
        "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": quantity})]})


def promised(order):
    """What drives the feasible date: (kind, part, who), and the date."""
    line, = order._get_feasible()["lines"]
    return [(row["kind"], row["part"], row["name"]) for row in line["obstacles"]], line["date"]


def in_working_days(env, number):
    """The day so many working days after today, Saturdays and Sundays off."""
    day = env.company._get_today()
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day.isoformat()


def check_dates(env):
    """Feasible dates of panels, each of one cabinet made outside, of which five are in stock."""
    made, sheet = ("subcontract", "Cabinet made outside", "Subcontractor"), ("buy", "Sheet", "Sheet Works")
    assert promised(quote(env, "Panel", 5)) == ([], in_working_days(env, 0))
    assert promised(quote(env, "Panel", 6)) == ([made], in_working_days(env, 10))
    # 95 sheets are left at his place: of 100 more cabinets five wait for new ones
    assert promised(quote(env, "Panel", 105)) == ([made, sheet], in_working_days(env, 15))
    order = env["purchase.order"].create({
        "partner_id": env["res.partner"].search([("name", "=", "Subcontractor")]).id, "order_line": [
            (0, 0, {"product_id": env["product.product"].search([("name", "=", made[1])]).id, "product_qty": 3,
                    "price_unit": 10, "date_planned": fields.Datetime.now() + timedelta(days=3)})]})
    order.button_confirm()
    kind, date = promised(quote(env, "Panel", 8))
    assert (kind, date) == ([("incoming", made[1], order.name)], order.date_planned.date().isoformat())
    # three of the 95 are his, for that order
    assert promised(quote(env, "Panel", 8 + 92))[1] == in_working_days(env, 10)
    assert promised(quote(env, "Panel", 8 + 93))[1] == in_working_days(env, 15)


def test_subcontracted_goods_are_held_and_inspected():
    """REC-2, REC-7, FQC-4: received of a subcontractor, goods are in the inspection area once, with the inspection of
    their receipt, whatever plan for final inspection there is; accepted, they are in stock and qualified.

    REV-10: of what he makes, stock is taken first, then what he is to bring; for the rest our parts are needed, those
    first that lie at his place and that no open order of his wants; then he takes his time, and is named."""
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
            check_dates(env)
