"""Working time told as a week and its exceptions, as project files tell it."""
from collections import Counter
from datetime import date

from odoo.addons.order_sla.kernel.worktime import local_date, midnight

from ..kernel.mspdi import FileCalendar, FileException


def tell(uid, name, time, zone, first, last):
    """The calendar of a working time: of each weekday the hours that most of its dates have, and what differs.

    :param time: WorkTime or ElapsedTable
    :param first: ordinals of the dates that are looked at
    """
    hours = _get_hours(time, zone, first, last)
    days = {}
    for weekday in range(7):
        found = Counter(tuple(hours[day]) for day in hours if date.fromordinal(day).weekday() == weekday)
        days[weekday] = list(found.most_common(1)[0][0]) if found else []
    exceptions = []
    for day in range(first, last + 1):
        current = date.fromordinal(day)
        if hours[day] == days[current.weekday()]:
            continue
        former = exceptions[-1] if exceptions else None
        if former and former.last.toordinal() == day - 1 and former.hours == hours[day]:
            former.last = current
        else:
            exceptions.append(FileException(str(current), current, current, hours[day]))
    return FileCalendar(uid, name, None, days, exceptions)


def _get_hours(time, zone, first, last):
    """Pairs of seconds since midnight by ordinal of the date."""
    hours = {day: [] for day in range(first, last + 1)}
    begin, end = midnight(first, zone), midnight(last + 1, zone)
    intervals = [(start, stop) for start, stop in time.spans(begin, 10 * (last - first + 1)) if start < end]
    if not intervals and not hasattr(time, "table"):
        return {day: [(0, 86400)] for day in hours}  # elapsed time
    for start, stop in intervals:
        stop = min(stop, end)
        while start < stop:
            day = local_date(start, zone)
            dawn, cut = midnight(day, zone), min(stop, midnight(day + 1, zone))
            whole = cut == midnight(day + 1, zone)
            hours[day].append((start - dawn, 86400 if whole else cut - dawn))
            start = cut
    return hours
