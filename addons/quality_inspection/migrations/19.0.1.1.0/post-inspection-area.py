from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """The inspection areas that still have stock's own name are called what they are."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["stock.warehouse"].with_context(active_test=False).search([])._name_quality_location()
