"""order_sla: deadlines in bulk against resource.calendar.plan_hours

Bar: at least 500 times the deadlines a second, no query for a deadline.
"""
import random
import time
from datetime import datetime, timedelta

CORE, OURS = 300, 200_000

calendar = env["resource.calendar"].create({"name": "Bench", "tz": "Asia/Shanghai", "company_id": env.company.id})  # noqa: F821
rng = random.Random(19)
for number in range(30):
    begin = datetime(2025, 1, 1) + timedelta(days=rng.randint(0, 1000))
    env["resource.calendar.leaves"].create({  # noqa: F821
        "name": f"Holiday {number}", "calendar_id": calendar.id, "date_from": begin,
        "date_to": begin + timedelta(days=1)})
env.flush_all()  # noqa: F821
starts = [datetime(2025, 6, 1) + timedelta(minutes=rng.randint(0, 60 * 24 * 365)) for _ in range(OURS)]
hours = [rng.randint(1, 80) for _ in range(OURS)]


def measure(function):
    """Seconds and queries of a call."""
    queries, begin = env.cr.sql_log_count, time.perf_counter()  # noqa: F821
    result = function()
    return result, time.perf_counter() - begin, env.cr.sql_log_count - queries  # noqa: F821


plain = [(start, count) for start, count in zip(starts[:CORE], hours[:CORE], strict=False)]
theirs, core_seconds, core_queries = measure(
    lambda: [calendar.plan_hours(count, start, compute_leaves=True) for start, count in plain])

env.registry.clear_cache("stable")  # noqa: F821
env.invalidate_all()  # noqa: F821
work_time = calendar._sla_work_time(env.company)  # noqa: F821
epoch = datetime(1970, 1, 1)
moments = [int((start - epoch).total_seconds()) for start in starts]
_table, build_seconds, build_queries = measure(lambda: work_time.table(min(moments), max(moments)))
mine, our_seconds, our_queries = measure(
    lambda: [work_time.advance(moment, count * 3600) for moment, count in zip(moments, hours, strict=False)])

late = sum(1 for core, ours in zip(theirs, mine, strict=False) if abs((core - epoch).total_seconds() - ours) > 1)
core_rate, our_rate = CORE / core_seconds, OURS / our_seconds
print(f"plan_hours:  {core_rate:12,.0f} deadlines a second, {core_queries / CORE:.1f} queries each")
print(f"order_sla:   {our_rate:12,.0f} deadlines a second, {our_queries} queries for {OURS:,}")
print(f"table:       {build_seconds:12.3f} s and {build_queries} queries for "
      f"{len(work_time.table().starts):,} intervals, once")
print(f"of {CORE} compared, {late} differ by more than a second (same time consumed: proven in the tests)")
print(f"ratio {our_rate / core_rate:,.0f} (bar 500): {'PASS' if our_rate >= 500 * core_rate else 'FAIL'}; "
      f"queries per deadline {our_queries / OURS:.4f} (bar 0): {'PASS' if not our_queries else 'FAIL'}")
env.cr.rollback()  # noqa: F821
