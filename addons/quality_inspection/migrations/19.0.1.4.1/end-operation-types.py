from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """The operation types that still have Odoo's own names are called in each language what they are; in the end,
    because addons that are loaded later name some of them, too."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["stock.warehouse"].with_context(active_test=False).search([])._name_operation_types()
