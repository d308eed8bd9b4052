"""Periods that are compared, as days: a pair (first day, first day after). Nothing here knows a database.

What is still running is compared with as much of the former period, or the first days of a month would always look bad.
"""
from datetime import date, timedelta
from typing import NamedTuple

UNITS = ("week", "month", "quarter", "year")
#: Kinds of periods: their unit, and how many units back they lie.
KINDS = {
    "week": ("week", 0), "last_week": ("week", 1),
    "month": ("month", 0), "last_month": ("month", 1),
    "quarter": ("quarter", 0), "last_quarter": ("quarter", 1),
    "year": ("year", 0), "last_year": ("year", 1),
}
#: How many periods the line of an indicator shows.
LINE = 12


class Span(NamedTuple):
    """Days from ``start`` to before ``stop``."""

    start: date
    stop: date


class Periods(NamedTuple):
    """A period, what it is compared with, and the line up to it, oldest first."""

    current: Span
    former: Span
    line: tuple

    @property
    def spans(self):
        """All of them: the current one, the former one, those of the line."""
        return self.current, self.former, *self.line


def begin(unit, day):
    """First day of the week (Monday), month, quarter or year that a day lies in."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    month = {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}[unit]
    return day.replace(month=month, day=1)


def shifted(unit, start, count):
    """First day of the period ``count`` periods after the one that begins with ``start``."""
    if unit == "week":
        return start + timedelta(weeks=count)
    months = start.year * 12 + start.month - 1 + count * {"month": 1, "quarter": 3, "year": 12}[unit]
    return date(months // 12, months % 12 + 1, 1)


def compared(kind, today):
    """Periods of a kind, as seen on a day.

    :param kind: key of ``KINDS``
    :param date today: the company's day, which counts
    :rtype: Periods
    """
    unit, back = KINDS[kind]
    start = shifted(unit, begin(unit, today), -back)
    stop = shifted(unit, start, 1)
    before = shifted(unit, start, -1)
    if back:
        current, former = Span(start, stop), Span(before, start)
    else:
        current = Span(start, today + timedelta(days=1))
        former = Span(before, min(_same_day(unit, before, start, today) + timedelta(days=1), start))
    step = "month" if unit == "year" else unit
    last = begin(step, current.stop - timedelta(days=1))
    starts = [shifted(step, last, count - LINE + 1) for count in range(LINE)]
    line = tuple(Span(one, min(shifted(step, one, 1), current.stop)) for one in starts)
    return Periods(current, former, line)


def months(span):
    """How many months a period is, each day being its part of its own month: 18 days of March are 18/31."""
    total, start = 0.0, begin("month", span.start)
    while start < span.stop:
        after = shifted("month", start, 1)
        total += (min(span.stop, after) - max(span.start, start)).days / (after - start).days
        start = after
    return total


def _same_day(unit, before, start, today):
    """The day that lies as far in the former period as today lies in this one."""
    if unit == "year":  # 29 February is compared with the 28th
        return shifted("month", today.replace(day=1), -12) + timedelta(
            days=min(today.day, _days_of_month(today.year - 1, today.month)) - 1)
    return before + (today - start)


def _days_of_month(year, month):
    return (shifted("month", date(year, month, 1), 1) - timedelta(days=1)).day
