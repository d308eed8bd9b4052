from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """The order desk compares the progress before the promised date (PLN-12), unless the policy was changed here."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    policy = env.ref("project_plan.sla_policy_plan_follow_up", raise_if_not_found=False)
    if policy and policy.responsible_field == "planner_id":
        policy.responsible_field = "follow_up_user_id"
