"""Return slips whose backorder or whole transfer was cancelled had stayed with the store for ever."""
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["material.return"].search([("state", "=", "submitted")]).line_ids._on_returned()
