"""Words of figures."""
from odoo.tools.misc import formatLang


def against(env, planned, actual, currency):
    """Plan and reality, and how far they are apart: "1,000.00 → 1,100.00 (+10 %)"."""
    texts = [formatLang(env, amount, currency_obj=currency) for amount in (planned, actual)]
    apart = f" ({(actual - planned) / planned:+.0%})" if planned else ""
    return " → ".join(texts) + apart
