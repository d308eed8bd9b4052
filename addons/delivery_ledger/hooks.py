from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column


def fill_first_promises(env):
    """Orders that are confirmed already were first promised for the day that they say now: nothing older is known."""
    if column_exists(env.cr, "sale_order", "date_first_promised"):
        return
    create_column(env.cr, "sale_order", "date_first_promised", "timestamp")
    env.cr.execute(SQL(
        "UPDATE sale_order SET date_first_promised = commitment_date"
        " WHERE state = 'sale' AND commitment_date IS NOT NULL"))
