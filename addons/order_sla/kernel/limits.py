"""From a limit to moments: the deadline of a clock and the moment of a step.

``time`` is a WorkTime or ElapsedTable, or a WorkTable where no part of a day is asked for; moments are whole seconds
since the epoch (UTC).
"""
import math

from .pauses import deadline_with_pauses

UNIT_SECONDS = {"minutes": 60, "hours": 3600, "days": 86400}

#: a date that a limit counts from lies at most so many years from today, and no limit is longer than so many days:
#: what lies beyond is a slip of the finger, and takes minutes to lay out or has no name in any calendar
FARTHEST_YEARS = 20
LONGEST_DAYS = 3650


def is_far(value, today):
    """Whether a date or time lies too far from today to count from."""
    return abs(value.year - today.year) > FARTHEST_YEARS


def is_too_long(value, unit):
    """Whether a limit is too long to be counted, or no number at all."""
    return not abs(value) * UNIT_SECONDS[unit] <= LONGEST_DAYS * 86400


def shifted(time, tz, moment, value, unit):
    """Moment that lies ``value`` units after the given one; before it when negative.

    The value may have decimals: half a day is half of the working hours that a day has.
    """
    if unit != "days":
        return time.advance(moment, round(value * UNIT_SECONDS[unit]))
    part, whole = math.modf(value)
    moment = time.advance_days(moment, int(whole), tz)
    return time.advance(moment, round(part * time.day_seconds)) if part else moment


def deadline(time, tz, anchor, value, unit, *, before=False, pauses=()):
    """Deadline of a limit.

    :param anchor: moment that the limit counts from, or back from
    :param before: count back from the anchor; pauses then do not move the deadline, only the anchor does
    :param pauses: pairs (start, stop) that do not count
    """
    if before:
        return shifted(time, tz, anchor, -value, unit)
    if unit != "days":
        seconds = round(value * UNIT_SECONDS[unit])
        if not pauses:
            return time.advance(anchor, seconds)
        return deadline_with_pauses(time.advance, time.worked, anchor, seconds, pauses)
    result = shifted(time, tz, anchor, value, unit)
    if not any(start < result and stop > anchor for start, stop in pauses):
        return result
    # Days are dates, not seconds: what a pause takes from them is given back as working time.
    extended = deadline_with_pauses(time.advance, time.worked, anchor, time.worked(anchor, result), pauses)
    return max(result, extended)


def step_moment(time, tz, due, offset, unit, timing):
    """Moment of a step: ``offset`` units before or after the deadline."""
    return shifted(time, tz, due, -offset if timing == "before" else offset, unit)


def due_steps(steps, since, due):
    """Moments of the steps that concern a clock, from ``{key: (moment, timing)}``.

    A reminder that lies before the deadline came to be would come too late to remind: only the last of them is
    kept, and none when the deadline itself had passed by then.

    :param since: moment at which the clock started, or its deadline was moved to where it is
    """
    early = [(moment, key) for key, (moment, timing) in steps.items() if timing == "before" and moment <= since]
    kept = max(early, default=(None, None))[1] if due > since else None
    dropped = {key for _moment, key in early if key != kept}
    return {key: moment for key, (moment, _timing) in steps.items() if key not in dropped}
