from odoo import SUPERUSER_ID
from odoo.tools import SQL


def migrate(cr, version):
    """To-dos that came of what a visitor or customer did are the system's: their forms would not open for who may not
    read his user."""
    cr.execute(SQL(
        "UPDATE mail_activity SET create_uid = %s WHERE create_uid IN (SELECT id FROM res_users WHERE share)",
        SUPERUSER_ID))
