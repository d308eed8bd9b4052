"""Filters that an administrator has configured, answered alike whoever asks."""
from odoo.tools.safe_eval import safe_eval


def filter_configured(records, domain, company):
    """The records that meet a configured filter.

    The answer decides on class, checklist and authority of an order: it depends neither on the language, the rights
    or the time zone of the reader, nor on the companies that he has switched on. A filter that names a translated
    text is met if it is met in one of the installed languages.
    """
    condition = safe_eval(domain or "[]")
    if not condition:
        return records
    neutral = records.sudo().with_context(  # configuration decides here, not the reader's rights
        allowed_company_ids=company.ids, tz="UTC")
    found = records.browse()
    codes = [code for code, _name in neutral.env["res.lang"].get_installed()]
    for code in sorted(codes, key=lambda code: code != (records.env.lang or "en_US")):  # what is in the cache first
        found |= neutral.with_context(lang=code).filtered_domain(condition)
    return found
