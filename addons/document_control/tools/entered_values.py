"""What people, imports and other programs may enter: a number is finite and can be kept, an id is one.

Every method that takes a number from outside asks here, so that a slip of the keyboard is named and not a traceback.
"""
from odoo.exceptions import UserError

#: Values are kept with six digits behind the point; a float has room for nine before it.
MOST = 10 ** 9
#: Counts and ids are 32-bit integers in the database.
MOST_COUNT = 2 ** 31 - 1
#: Digits that a float keeps, before and behind the point together.
DIGITS = 15


def is_number(value, lowest=-MOST, highest=MOST):
    """Whether it is a number that can be kept; True, NaN, infinity and 10^400 are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and lowest <= value <= highest


def is_count(value):
    """Whether it is a whole number, zero or more; 3.0 is one."""
    return is_number(value, 0, MOST_COUNT) and int(value) == value


def is_id(value):
    """Whether it can be the id of a record."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_COUNT


def shown(value):
    """The value as it is shown in a refusal: short, whatever was sent; a whole number without its point."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 10 ** DIGITS:
        value = int(value)
    try:
        text = str(value)
    except ValueError:  # an integer of thousands of digits
        return "…"
    return text if len(text) <= 40 else f"{text[:40]}…"


def check_quantity(env, what, value):
    """A quantity, a time, an amount that an action takes.

    :param what: the document or goods, to be named
    :raise UserError: it is no number, or one that cannot be kept
    """
    if not is_number(value):
        raise UserError(env._("%(what)s: %(value)s is no quantity.", what=what, value=shown(value)))
    return value


def check_number(records, field, value):
    """A value that is given to a number field of the records: a number, or its text as imports send it.

    :raise UserError: it is no number, or one that the field cannot keep
    """
    try:
        number = None if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = None
    most = _get_most(records.env, field)
    if number is None or not -most <= number <= most:
        raise UserError(records.env._(
            "%(document)s, %(field)s: %(value)s is no number that can be kept. Enter it anew.",
            document=records._get_model_label(), field=field._description_string(records.env), value=shown(value)))


def _get_most(env, field):
    """The largest number that the field keeps to its last digit."""
    if field.type in ("integer", "many2one_reference"):
        return MOST_COUNT
    if field.type == "monetary":
        return 10 ** (DIGITS - 2)
    digits = field.get_digits(env)
    return 10 ** (DIGITS - digits[1]) if digits else MOST
