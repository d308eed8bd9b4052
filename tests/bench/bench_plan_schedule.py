"""project_plan: a plan of 5,000 items and 10,000 links, scheduled whole and item by item

Bars: per item the whole plan (network read, planned and forecast dates, floats, critical path, written) takes at most a
twentieth of what an item takes when it reads its predecessors, asks its calendar and writes its dates through the ORM;
and at most 15 queries. The kernel alone is measured beside it. Processor time, the best of several.
"""
import logging
import random
import sys
from pathlib import Path

from odoo.tools import config

from odoo.addons.order_sla.tools.moments import to_moment
from odoo.addons.project_plan.kernel import network

ROOT = Path(config["addons_path"][0]).parent
sys.path.insert(0, str(ROOT / "tests" / "bench"))
from meter import Meter  # noqa: E402

ITEMS, LINKS, ONE_BY_ONE, ROUNDS = 5_000, 10_000, 300, 3
logging.getLogger("odoo").setLevel(logging.ERROR)

cr = env.cr  # noqa: F821
meter = Meter(env)  # noqa: F821
judge, spent = meter.judge, meter.spent
calendar = env.company.resource_calendar_id  # noqa: F821
department = env["hr.department"].create({"name": "Bench"})  # noqa: F821
plan = env["project.project"].create({  # noqa: F821
    "name": "Bench", "is_plan": True, "plan_begin": "2026-03-02 00:00:00", "promised_date": "2028-12-29"})
first = env["project.task"].create({  # noqa: F821
    "name": "Item", "project_id": plan.id, "duration_hours": 8, "plan_department_id": department.id})
env.flush_all()  # noqa: F821


def fill():
    """The items and links, as rows: how they come about is not what is measured."""
    cr.execute("SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns "
               "WHERE table_name = 'project_task' AND column_name NOT IN ('id', 'duration_hours', 'sequence')")
    columns = cr.fetchone()[0]
    cr.execute(f"INSERT INTO project_task ({columns}, duration_hours, sequence) "
               f"SELECT {columns}, 1 + number %% 16, number FROM project_task, generate_series(2, %s) AS number "
               "WHERE id = %s", [ITEMS, first.id])
    cr.execute("SELECT id FROM project_task WHERE project_id = %s ORDER BY sequence, id", [plan.id])
    ids, rng, pairs = [row[0] for row in cr.fetchall()], random.Random(10), set()
    while len(pairs) < LINKS:
        source = rng.randrange(ITEMS - 1)
        pairs.add((source, rng.randrange(source + 1, min(source + 60, ITEMS))))
    cr.executemany(
        "INSERT INTO project_task_link (predecessor_id, successor_id, kind, lag_hours, project_id, company_id) "
        "VALUES (%s, %s, %s, %s, %s, %s)",
        [(ids[source], ids[target], rng.choice(("fs", "fs", "fs", "ss", "ff")), rng.choice((0, 0, 4, -2)), plan.id,
          plan.company_id.id) for source, target in sorted(pairs)])
    cr.execute("ANALYZE project_task, project_task_link")
    cr.commit()
    env.invalidate_all()  # noqa: F821


def measure(function):
    """Processor seconds and queries, the best of several, everything written included."""
    best = None
    for _round in range(ROUNDS):
        env.flush_all()  # noqa: F821
        env.invalidate_all()  # noqa: F821
        queries, begin = cr.sql_log_count, spent()
        function()
        env.flush_all()  # noqa: F821
        best = min(best or (9e9, 0), (spent() - begin, cr.sql_log_count - queries))
    return best


def whole():
    """Everything moves: the plan begins a day later each time."""
    cr.execute("UPDATE project_project SET plan_begin = plan_begin + interval '1 day' WHERE id = %s", [plan.id])
    plan.invalidate_recordset()
    plan._reschedule()


def one_by_one():
    """Earliest dates only, of some of the items, as a compute over tasks would: predecessors, calendar, write."""
    for task in plan.plan_item_ids[:ONE_BY_ONE]:
        env.flush_all()  # noqa: F821
        env.invalidate_all()  # noqa: F821
        start = max(task.link_in_ids.predecessor_id.mapped("planned_finish"), default=plan.plan_begin)
        finish = calendar.plan_hours(task.duration_hours, start, compute_leaves=True)
        task.sudo().with_context(plan_later=True).write({"planned_start": start, "planned_finish": finish})


fill()
net = plan._read_network()
begin, now = to_moment(plan.plan_begin), to_moment(plan.plan_begin)
items = [task._get_kernel_item(net, None, {}) for task in net.tasks]
network.schedule(items, net.links[plan.id], begin)
alone, _queries = measure(lambda: network.schedule(items, net.links[plan.id], begin, now=now))
seconds, queries = measure(whole)
single, _queries = measure(one_by_one)
print(f"    kernel alone: {alone:.2f} s for {len(items):,} items and {len(net.links[plan.id]):,} links")
print(f"    the plan whole: {seconds:.2f} s, {queries} queries")
ratio = single / ONE_BY_ONE / (seconds / len(items))
judge(f"item by item {1000 * single / ONE_BY_ONE:.2f} ms an item, together {1000 * seconds / len(items):.3f} ms, "
      f"{ratio:.0f} times as fast (bar 20)", ratio >= 20)
judge(f"queries of the whole plan: {queries} (bar 15)", queries <= 15)
judge(f"kernel alone against item by item: {single / ONE_BY_ONE / (alone / len(items)):.0f} times as fast (bar 20)",
      single / ONE_BY_ONE >= 20 * alone / len(items))
meter.conclude()
