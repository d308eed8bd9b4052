"""Filters that an administrator has configured, answered alike whoever asks."""
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

COMPARISONS = {"=", "!=", "in", "not in", "<", "<=", ">", ">="}
#: Lines of an order that name a product: ordered, unless the order has options or was invoiced or delivered.
ORDERED = Domain("product_id", "!=", False) & Domain("display_type", "=", False)


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


def search_configured(model, domain):
    """A configured filter as the database answers it for any number of records.

    :param model: recordset of the model that it filters
    :return: Domain that finds what :func:`filter_configured` keeps, lines of options and of deliveries aside; None
        where the answer is in no column, or not the same for every language and company
    """
    condition = Domain(safe_eval(domain or "[]"))
    if not all(_is_comparable(model, part) for part in condition.iter_conditions()):
        return None
    return condition.map_conditions(_on_lines)


def _is_comparable(model, condition):
    names = condition.field_expr.removeprefix("ordered_product_ids.").split(".")
    if condition.field_expr.startswith("ordered_product_ids."):
        model = model.env["product.product"]
    for name in names:
        if model is None or not is_in_column(field := model._fields.get(name)):
            return False
        model = model.env[field.comodel_name] if field.relational else None
    return condition.operator in COMPARISONS


def is_in_column(field):
    """Whether a field has one stored value, the same for every reader."""
    return bool(field and field.base_field.store and not field.base_field.translate
                and not field.base_field.company_dependent)


def _on_lines(condition):
    path = condition.field_expr.removeprefix("ordered_product_ids.")
    if path == condition.field_expr:
        return condition
    return Domain("order_line", "any", ORDERED & Domain(f"product_id.{path}", condition.operator, condition.value))
