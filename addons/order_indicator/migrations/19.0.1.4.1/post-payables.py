from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """What is owed to suppliers is shown as the amount that is owed; the books hold it as a negative one."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    payables = env.ref("order_indicator.order_indicator_payables", raise_if_not_found=False)
    if payables and payables.measure == "amount_residual_signed":  # not where somebody has defined it anew
        payables.is_reversed = True
