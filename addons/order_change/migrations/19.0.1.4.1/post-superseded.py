from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Orders know whether a change has put a document of theirs out of force."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    releases = env["document.release"].search([("superseded_change_id", "!=", False)])
    releases.superseded_change_id.order_id.has_superseded_release = True
