from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Serial numbers of partly done tranches, which counted as gone with the first of them, are held again."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    inspections = env["quality.inspection"].search([
        ("quantity_held", ">", 0), ("product_id.tracking", "=", "serial")])
    inspections._update_quantities()
    env["quality.nonconformity"].search([
        ("quantity_held", ">", 0), ("product_id.tracking", "=", "serial")])._update_held()
    inspections._unreserve_held_goods()
