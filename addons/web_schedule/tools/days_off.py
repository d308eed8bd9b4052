"""Days off of a working calendar, for the shading of a timeline."""
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytz

from odoo import fields


def days_off(calendar, start, stop):
    """The whole days on which a calendar has no work, between two moments.

    :param calendar: one working calendar, with the rights to read it
    :param start: UTC string
    :param stop: UTC string
    :return: ``[[from, to], ...]`` as UTC strings, from midnight to midnight in the calendar's time zone
    """
    zone = pytz.timezone(calendar.tz or "UTC")
    first, last = (
        fields.Datetime.to_datetime(moment).replace(tzinfo=UTC).astimezone(zone).date() for moment in (start, stop))
    worked = _worked_days(calendar, zone, _midnight(first, zone), _midnight(last + timedelta(days=1), zone))
    days = [first + timedelta(days=number) for number in range((last - first).days + 2)]
    midnights = [fields.Datetime.to_string(_midnight(day, zone).astimezone(UTC)) for day in days]
    return [list(span) for day, span in zip(days, pairwise(midnights), strict=False) if day not in worked]


def _midnight(day, zone):
    return zone.localize(datetime.combine(day, time.min))


def _worked_days(calendar, zone, begin, end):
    # A shift that ends at midnight is work of the day before.
    return {
        moment.astimezone(zone).date()
        for begins, ends, _detail in calendar._work_intervals_batch(begin, end)[False]
        for moment in (begins, ends - timedelta(microseconds=1))
    }
