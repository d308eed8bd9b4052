"""From weekly hours, days off and extra days to working intervals, in whole seconds.

Everything that Odoo stores as an hour of a day or as the end of a time off passes through here: an end means what
people meant by it, to the second. Nothing here knows a database.
"""
from .worktime import DAY, local_date, merged, midnight, wall


def seconds_of(hour):
    """Seconds since midnight of an hour of the day, on a whole minute as Odoo shows it: 0 to 86,400.

    23.9999 is 24:00. Hours that no day has, which only an import can bring, are cut.
    """
    return min(max(int(hour * 60 + 0.5 + 1e-6), 0), 1440) * 60


def end_of_time_off(stop, tz):
    """Moment at which work may begin again after a time off that is stored up to ``stop``.

    Odoo stores the last second of a day off, 23:59:59, and people enter its last minute, 23:59: both are off.
    """
    if stop % 60 == 59:
        stop += 1
    end = midnight(local_date(stop, tz) + 1, tz)
    return end if end - stop <= 60 else stop


def flexible_hours(per_day, per_week):
    """Hours around noon from Monday on until those of the week are used up: ``{weekday: [(start, stop)]}``."""
    week, left = {}, round(per_week * 3600)
    for weekday in range(7):
        seconds = max(min(round(per_day * 3600), left, DAY), 0)
        left -= seconds
        week[weekday] = [(DAY // 2 - seconds // 2, DAY // 2 + seconds - seconds // 2)]
    return week


def week_type(ordinal):
    """Which of two alternating weeks the date lies in, counted as Odoo counts: 0 or 1."""
    return (ordinal - 1) // 7 % 2


def laid_out(weeks, first, last, tz, off=(), extra=None):
    """Working intervals of the dates from first to last (ordinals).

    :param weeks: hours by week type, then weekday: ``weeks[0][6]`` are pairs of seconds since midnight
    :param off: pairs (start, stop) of moments that are not worked, whatever the week says
    :param extra: ``{ordinal: weekday}``, dates worked by that weekday's hours whatever week and time off say
    """
    extra = extra or {}
    usual, added = [], []
    for ordinal in range(first, last + 1):
        weekday = extra.get(ordinal, (ordinal - 1) % 7)
        for start, stop in weeks[week_type(ordinal)].get(weekday, ()):
            (added if ordinal in extra else usual).append((wall(ordinal, start, tz), wall(ordinal, stop, tz)))
    return without(usual, off) + added


def without(intervals, holes):
    """Intervals less the holes."""
    result, holes, passed = [], merged(holes), 0
    for start, stop in merged(intervals):
        while passed < len(holes) and holes[passed][1] <= start:
            passed += 1
        at = passed
        while at < len(holes) and holes[at][0] < stop:
            if holes[at][0] > start:
                result.append((start, holes[at][0]))
            start = max(start, holes[at][1])
            at += 1
        if start < stop:
            result.append((start, stop))
    return result
