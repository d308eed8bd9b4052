"""What a lot size, a count or a percentage may be. Odoo hands over floats: 500.0 pieces are 500."""
from fractions import Fraction
from numbers import Rational

from .errors import InvalidCount, InvalidLotSize, InvalidParameter


def whole(value):
    """``value`` as an int when it is a whole number, else None (so for booleans, texts, NaN and infinity)."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if not isinstance(value, str) and number == value else None


def lot_size_of(value):
    """A lot has at least one item.

    :raise InvalidLotSize: zero, negative or not whole
    """
    size = whole(value)
    if size is None or size < 1:
        raise InvalidLotSize(lot_size=value, minimum=1)
    return size


def count_of(value, sample_size=None):
    """How many nonconforming items, or nonconformities, were found.

    :param sample_size: the most that there can be; None for nonconformities, of which one item may have several
    :raise InvalidCount: negative, not whole, or more than the sample has items
    """
    count = whole(value)
    if count is None or count < 0 or (sample_size is not None and count > sample_size):
        raise InvalidCount(count=value, sample_size=sample_size)
    return count


def exact(name, value, low, high, *, low_allowed=True, high_allowed=True):
    """``value`` as a fraction; a float counts as it is written (0.1 is one tenth).

    :raise InvalidParameter: no number, or outside the bounds
    """
    try:
        number = value if isinstance(value, Rational) and not isinstance(value, bool) else Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        number = None
    if (number is None or (low is not None and (number < low or (number == low and not low_allowed)))
            or (high is not None and (number > high or (number == high and not high_allowed)))):
        raise InvalidParameter(name=name, value=value, low=low, high=high)
    return number


def probability(name, value):
    """A risk or probability strictly between 0 and 1."""
    return exact(name, value, 0, 1, low_allowed=False, high_allowed=False)
