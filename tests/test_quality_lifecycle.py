"""An upgrade and an uninstallation with goods in the inspection area: nothing is lost, nothing is left behind."""
import json
from pathlib import Path

from cloning import cloned_database

#: One process for all of it: each more would load the registry again.
STORY = """
import json, sys
sys.path.insert(0, {tests!r})
import quality_company as qc

def held():
    # open inspections and what they hold, by state
    rows = env["quality.inspection"].search([("product_id.name", "=", "Goods of the upgrade")], order="id")
    return [(row.state, row.verdict, row.quantity, row.quantity_open, row.revision) for row in rows]

def tell(chapter, *facts):
    print("STORY", json.dumps([chapter, *facts]))

modules = env["ir.module.module"]
qc.hire(env, "storekeeper", "inspector")
product = qc.component(env, "Goods of the upgrade")
qc.plan(env, product)
inspection = qc.receive(qc.buy(env, product, 500).picking_ids)
qc.inspect(inspection.with_env(qc.act(env, "inspector")), 4)
waiting = qc.receive(qc.buy(env, product, 80).picking_ids)
env.cr.commit()
tell("received", held(), product.free_qty)
modules._get("quality_inspection").button_immediate_upgrade()
product = env["product.product"].browse(product.id)
tell("upgraded", held(), product.free_qty)
modules.search([("name", "in", {addons!r}), ("state", "=", "installed")]).button_immediate_uninstall()
product = env["product.product"].browse(product.id)
tell("uninstalled", "quality.inspection" in env, product.qty_available, product.free_qty)
modules.search([("name", "in", ("quality_incoming", "quality_production"))]).button_immediate_install()
tell("installed anew", env["quality.inspection"].search_count([]),
     env["stock.warehouse"].search([], limit=1).wh_qc_stock_loc_id.is_quality_hold)
"""
ADDONS = ("quality_incoming", "quality_production", "quality_inspection", "switchgear_demo")


def test_upgrade_and_uninstall_with_goods_under_inspection():
    """REC-7: an upgrade keeps inspections and what they hold; without the addons the goods are Odoo's again: they can
    be moved, receipts go into stock, and the addons can be installed anew."""
    with cloned_database() as clone:
        said = clone.run(STORY.format(tests=str(Path(__file__).parent), addons=ADDONS), timeout=600)
    told = {chapter: facts for chapter, *facts in (
        json.loads(line.removeprefix("STORY ")) for line in said.splitlines() if line.startswith("STORY "))}
    held, free = told["received"]
    assert [row[0] for row in held] == ["done", "pending"]
    assert not free
    assert told["upgraded"] == [held, free]
    assert told["uninstalled"] == [False, 580, 580]
    assert told["installed anew"] == [0, True]
