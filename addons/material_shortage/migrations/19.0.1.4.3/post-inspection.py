from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """The buyer's time to answer stands still while what he is asked for waits for its inspection."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    policy = env.ref("material_shortage.sla_policy_shortage_answer", raise_if_not_found=False)
    if policy and not policy.pause_domain:
        policy.pause_domain = "[('is_here', '=', True)]"
