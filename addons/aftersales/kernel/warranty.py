"""When a warranty begins and ends: plain dates, no database."""
from datetime import timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta


class Term(NamedTuple):
    """What was agreed: so many months from an event, begun at the latest so many months after delivery (0: no limit).

    "12 months from commissioning, but no more than 18 from delivery" is ``Term(12, "commissioning", 6)``.
    """
    months: int
    start: str
    latest_months: int


def begin(term, delivered, commissioned):
    """The first day; None while the event has not come."""
    event = commissioned if term.start == "commissioning" else delivered
    latest = delivered + relativedelta(months=term.latest_months) if delivered and term.latest_months else None
    return min((day for day in (event, latest) if day), default=None)


def end(term, delivered, commissioned, extension_days=0):
    """The last day that is covered; None while the warranty has not begun."""
    first = begin(term, delivered, commissioned)
    return first and first + relativedelta(months=term.months) + timedelta(days=extension_days)


def judge(term, delivered, commissioned, extension_days, day):
    """Whether a day is covered: ``in``, ``out``, or ``unknown`` where nothing was agreed or nothing delivered.

    Before it begins goods are covered: whoever commissions late has paid for them all the same.
    """
    if term is None or not delivered:
        return "unknown"
    last = end(term, delivered, commissioned, extension_days)
    return "out" if last and day > last else "in"
