"""Time that does not count: what pauses take from a limit and from the time used."""
from .worktime import merged


def deadline_with_pauses(advance, worked, start, limit, pauses):
    """Moment at which ``limit`` seconds have passed since start, not counting the pauses.

    A pause that begins at or after the moment so found no longer moves it: the limit was used up before, a limit of
    nothing at the start.

    :param advance: function (moment, seconds) -> moment
    :param worked: function (start, stop) -> seconds
    :param pauses: pairs (start, stop)
    """
    deadline = advance(start, limit)
    budget = limit
    for pause_start, pause_stop in merged(pauses):
        if limit <= 0 or pause_start >= deadline:
            break
        lost = worked(max(pause_start, start), max(pause_stop, start))
        if lost > 0:
            budget += lost
            deadline = advance(start, budget)
    return deadline


def used(worked, start, stop, pauses):
    """Seconds that passed between start and stop, not counting the pauses."""
    lost = sum(worked(max(a, start), min(b, stop)) for a, b in merged(pauses) if a < stop and b > start)
    return worked(start, stop) - lost
