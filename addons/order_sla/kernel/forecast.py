"""How long a step will take, by how long such steps took before. Nothing here knows a database.

Nothing is foretold from a handful of cases: a forecast rests on at least ``ENOUGH`` former steps, of which at least
``LONGER`` took longer than this one has until now.
"""
from bisect import bisect_right

ENOUGH, LONGER = 10, 5


def expected(durations, elapsed):
    """How long a step that is not done yet takes in all: the median of those that took longer than it has until now.

    :param durations: sorted seconds of former steps
    :param elapsed: seconds that it has taken until now
    :return: (seconds in all, number of former steps that this rests on), or None where they are too few
    """
    if len(durations) < ENOUGH:
        return None
    first = bisect_right(durations, elapsed)
    longer = len(durations) - first
    if longer < LONGER:
        return None
    middle = first + longer // 2
    seconds = durations[middle] if longer % 2 else (durations[middle - 1] + durations[middle]) // 2
    return seconds, longer
