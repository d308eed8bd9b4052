"""From a limit to moments: the deadline of a clock and the moment of a step.

``time`` is a WorkTable, WorkTime or ElapsedTable; moments are whole seconds since the epoch (UTC).
"""
from .worktime import deadline_with_pauses

UNIT_SECONDS = {"minutes": 60, "hours": 3600}


def shifted(time, tz, moment, value, unit):
    """Moment that lies ``value`` units after the given one; before it when negative."""
    if unit == "days":
        return time.advance_days(moment, value, tz)
    return time.advance(moment, value * UNIT_SECONDS[unit])


def deadline(time, tz, anchor, value, unit, *, before=False, pauses=()):
    """Deadline of a limit.

    :param anchor: moment that the limit counts from, or back from
    :param before: count back from the anchor; pauses then do not move the deadline, only the anchor does
    :param pauses: pairs (start, stop) that do not count
    """
    if before:
        return shifted(time, tz, anchor, -value, unit)
    if unit != "days":
        return deadline_with_pauses(time.advance, time.worked, anchor, value * UNIT_SECONDS[unit], pauses)
    result = shifted(time, tz, anchor, value, unit)
    if not any(start < result and stop > anchor for start, stop in pauses):
        return result
    # Days are dates, not seconds: what a pause takes from them is given back as working time.
    extended = deadline_with_pauses(time.advance, time.worked, anchor, time.worked(anchor, result), pauses)
    return max(result, extended)


def step_moment(time, tz, due, offset, unit, timing):
    """Moment of a step: ``offset`` units before or after the deadline."""
    return shifted(time, tz, due, -offset if timing == "before" else offset, unit)


def due_steps(steps, started, due):
    """Moments of the steps that concern a clock, from ``{key: (moment, timing)}``.

    A reminder that lies before the clock's own start would come too late to remind: only the last of them is
    kept, and none when the deadline itself has passed by then.
    """
    early = [(moment, key) for key, (moment, timing) in steps.items() if timing == "before" and moment <= started]
    kept = max(early, default=(None, None))[1] if due > started else None
    dropped = {key for _moment, key in early if key != kept}
    return {key: moment for key, (moment, _timing) in steps.items() if key not in dropped}


