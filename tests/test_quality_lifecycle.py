"""An upgrade and an uninstallation with goods in the inspection area: nothing is lost, nothing is left behind."""
import server
from cloning import cloned_database

GOODS = """
import sys
sys.path.insert(0, {tests!r})
import quality_company as qc
qc.hire(env, "storekeeper", "inspector")
product = qc.component(env, "Goods of the upgrade")
qc.plan(env, product)
inspection = qc.receive(qc.buy(env, product, 500).picking_ids)
qc.inspect(inspection.with_env(qc.act(env, "inspector")), 4)
waiting = qc.receive(qc.buy(env, product, 80).picking_ids)
env.cr.commit()
"""
LEFT = """
modules = env["ir.module.module"].search([("name", "in", {addons!r}), ("state", "=", "installed")])
modules.button_immediate_uninstall()
"""
ADDONS = ("quality_incoming", "quality_production", "quality_inspection", "switchgear_demo")


def held(env):
    """Open inspections and what they hold, by state."""
    rows = env["quality.inspection"].search([("product_id.name", "=", "Goods of the upgrade")], order="id")
    return [(row.state, row.verdict, row.quantity, row.quantity_open, row.revision) for row in rows]


def test_upgrade_and_uninstall_with_goods_under_inspection():
    """REC-7: an upgrade keeps inspections and what they hold; without the addons the goods are Odoo's again: they can
    be moved, receipts go into stock, and the addons can be installed anew."""
    from pathlib import Path
    with cloned_database() as clone:
        clone.run(GOODS.format(tests=str(Path(__file__).parent)))
        with clone.env() as env:
            before = held(env)
        assert [row[0] for row in before] == ["done", "pending"]
        clone.forget()
        server.once("upgrade with goods under inspection", "-d", clone.name, "-u", "quality_inspection")
        with clone.env() as env:
            assert held(env) == before
            product = env["product.product"].search([("name", "=", "Goods of the upgrade")])
            assert not product.free_qty
        clone.forget()
        clone.run(LEFT.format(addons=ADDONS), timeout=300)
        with clone.env() as env:
            assert "quality.inspection" not in env
            product = env["product.product"].search([("name", "=", "Goods of the upgrade")])
            assert (product.qty_available, product.free_qty) == (580, 580)
        clone.forget()
        server.once("installed anew", "-d", clone.name, "-i", "quality_incoming,quality_production")
        with clone.env() as env:
            assert env["quality.inspection"].search_count([]) == 0
            assert env["stock.warehouse"].search([], limit=1).wh_qc_stock_loc_id.is_quality_hold
