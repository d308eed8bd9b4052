"""PLN-3: the load a plan lays on its departments, against a count hour by hour."""
import random

from odoo.addons.order_sla.kernel.worktime import ElapsedTable, WorkTable
from odoo.addons.project_plan.kernel.load import Stretch, capacity, spread

HOUR = 3600


def test_load_is_the_count_hour_by_hour():
    """PLN-3: 300 random plans of some departments, times and weeks: each working hour counts where it is worked."""
    rng = random.Random(330)
    for _round in range(300):
        hours = {name: {hour for hour in range(300) if rng.random() < share}
                 for name, share in (("day", 0.4), ("shift", 0.8), ("never", 0))}
        times = {name: WorkTable([(hour * HOUR, (hour + 1) * HOUR) for hour in worked], 0, 300 * HOUR)
                 for name, worked in hours.items()}
        times["clock"], hours["clock"] = ElapsedTable, set(range(300))
        buckets = sorted(rng.sample(range(20, 280), rng.randint(2, 6)))
        plans, expected = [], {}
        for _plan in range(rng.randint(0, 12)):
            start = rng.randrange(280)
            finish = start + rng.choice((0, 1, 5, 40, 20))
            plan = Stretch(rng.choice("xy"), rng.choice(sorted(times)), start * HOUR, min(finish, 300) * HOUR)
            plans.append(plan)
            for hour in hours[plan.time] & set(range(start, finish)):
                for begin, end in zip(buckets, buckets[1:], strict=False):
                    if begin <= hour < end:
                        key = plan.resource, begin * HOUR
                        expected[key] = expected.get(key, 0) + HOUR
        assert spread(plans, times, [bucket * HOUR for bucket in buckets]) == expected


def test_capacity_adds_up_the_persons():
    """PLN-3: two persons of one department, one of another; a bucket in which nobody works holds nothing."""
    morning = WorkTable([(0, 4), (10, 14)], 0, 30)
    always = WorkTable([(0, 20)], 0, 30)
    assert capacity([("a", morning), ("a", always), ("b", morning)], [0, 10, 20, 30]) == {
        ("a", 0): 14, ("a", 10): 14, ("b", 0): 4, ("b", 10): 4}
