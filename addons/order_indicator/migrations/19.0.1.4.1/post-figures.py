from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

#: What has become two figures: the hours, and the goods.
FORMER, NAME = "Cost of Rework and Scrap", "Cost of Sorting and Rework"
NOTE = ("Working hours of dispositions at their cost per hour, by the day of the decision; what is scrapped is a "
        "figure of its own.")
DOMAIN = "[('state', 'in', ['decided', 'in_progress', 'done']), ('cost', '!=', 0)]"


def migrate(cr, version):
    """What is owed to suppliers is shown as the amount that is owed; the books hold it as a negative one. The cost of
    dispositions never held what was scrapped, and does not say so any more."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    payables = env.ref("order_indicator.order_indicator_payables", raise_if_not_found=False)
    if payables and payables.measure == "amount_residual_signed":  # not where somebody has defined it anew
        payables.is_reversed = True
    cost = env.ref("order_indicator.order_indicator_disposition_cost", raise_if_not_found=False)
    if cost and cost.with_context(lang="en_US").name == FORMER:
        env.flush_all()
        # English alone: the other languages come with the addon's translations, which replace nothing
        env.execute_query(SQL(
            """UPDATE order_indicator SET name = jsonb_build_object('en_US', %s::text),
                note = jsonb_build_object('en_US', %s::text), domain = %s WHERE id = %s RETURNING id""",
            NAME, NOTE, DOMAIN, cost.id))
        env.invalidate_all()
