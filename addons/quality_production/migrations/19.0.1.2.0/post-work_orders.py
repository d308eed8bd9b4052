from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Process cards stand on work orders: the setting is on, as after an installation."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.ref("base.group_user")._apply_group(env.ref("mrp.group_mrp_routings"))
