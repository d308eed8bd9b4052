from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Goods used before their recall stood among those still urgently out; now they have a part of their own."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["quality.urgent.release"].search([("state", "=", "recalled")]).inspection_id._update_quantities()
