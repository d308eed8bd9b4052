"""What a <schedule> may say: its attributes, and which kind of field each of them names."""
import re

#: Attributes that name a field, with the types that the field may have; None: any.
DATES = ("date", "datetime")
NUMBERS = ("integer", "float")
ROLES = {
    "date_start": DATES,
    "date_stop": DATES,
    "baseline_start": DATES,
    "baseline_stop": DATES,
    "actual_start": DATES,
    "actual_stop": DATES,
    "forecast_start": DATES,
    "forecast_stop": DATES,
    "deadline": DATES,
    "progress": NUMBERS,
    "critical": ("boolean",),
    "milestone": ("boolean",),
    "parent": ("many2one",),
    "color": None,
}
REQUIRED = ("date_start", "date_stop")
#: Which end of one item waits for which of another.
LINKS = ("fs", "ss", "ff", "sf")
SCALES = ("day", "week", "month", "quarter")
SWITCHES = ("create", "edit", "delete")
#: Every attribute of <schedule>; __validate__ is Odoo's own mark on what is being validated.
ATTRIBUTES = {
    *ROLES, *SWITCHES, "default_group_by", "default_order", "default_scale", "limit",
    "string", "class", "js_class", "__validate__",
}

#: The spans of an item, each drawn as a bar of its own: start and stop.
SPANS = (
    ("date_start", "date_stop"),
    ("baseline_start", "baseline_stop"),
    ("actual_start", "actual_stop"),
    ("forecast_start", "forecast_stop"),
)

ORDER_TERM = re.compile(r"(?P<field>\w+)(\s+(?P<direction>asc|desc))?", re.IGNORECASE)


def roles_of(node):
    """``{attribute: field name}`` of the attributes of a <schedule> that name a field."""
    return {role: node.get(role) for role in ROLES if node.get(role)}


def names_of_order(order):
    """Names of the fields of ``field [asc|desc], ...``; None where it cannot be read."""
    terms = [ORDER_TERM.fullmatch(term.strip()) for term in order.split(",")]
    return [term["field"] for term in terms] if all(terms) else None


def split_group(group):
    """``planned_start:week`` as its field and its interval, which is empty for what is no date."""
    name, _colon, interval = group.strip().partition(":")
    return name, interval


def is_on(node, switch):
    """Whether create, edit or delete is left on."""
    return (node.get(switch) or "1").lower() not in ("0", "false")
