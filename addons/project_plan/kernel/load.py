"""How much work a plan lays on its resources, bucket by bucket (a bucket is a week, as a rule)."""
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable
from typing import NamedTuple


class Stretch(NamedTuple):
    """Work of a resource between two moments, done whenever the time of that name is worked."""
    resource: Hashable
    time: Hashable
    start: int
    finish: int


def spread(plans, times, buckets):
    """Planned working seconds.

    :param plans: iterable of Stretch
    :param times: WorkTime by the name that the stretches use
    :param buckets: ascending moments; each begins a bucket, the last one only ends that before it
    :return: ``{(resource, beginning of the bucket): seconds}``, without buckets that hold nothing. Work before the
        first and after the last moment is left out
    """
    load = defaultdict(int)
    for plan in plans:
        time = times[plan.time]
        for index in range(max(bisect_right(buckets, plan.start) - 1, 0), len(buckets) - 1):
            if buckets[index] >= plan.finish:
                break
            start, finish = max(plan.start, buckets[index]), min(plan.finish, buckets[index + 1])
            if finish > start and (seconds := time.worked(start, finish)):
                load[plan.resource, buckets[index]] += seconds
    return dict(load)


def capacity(times, buckets):
    """Working seconds of resources: ``{(resource, beginning of the bucket): seconds}``.

    :param times: iterable of (resource, WorkTime), one for each person or machine of the resource
    """
    begin, end = buckets[0], buckets[-1]
    named = dict(enumerate(times))
    return spread(
        (Stretch(resource, name, begin, end) for name, (resource, _time) in named.items()),
        {name: time for name, (_resource, time) in named.items()}, buckets)
