"""order_indicator: a figure of 100,000 clocks against 50,000: the same number of queries, for a board of all periods

Reads the cards of time limits over fourteen periods, a breakdown, and looks ahead for 2,000 open clocks.
"""
import logging
import sys
from pathlib import Path

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import SQL, config

ROOT = Path(config["addons_path"][0]).parent
sys.path.insert(0, str(ROOT / "tests" / "bench"))
from meter import Meter  # noqa: E402

logging.getLogger("odoo").setLevel(logging.ERROR)
env = env(user=env.ref("base.user_admin").id)  # noqa: F821
meter = Meter(env)
policies = env["sla.policy"].search([], limit=10)
departments = env["hr.department"].create([
    {"name": f"Department {number}", "company_id": env.company.id} for number in range(8)])
reader = new_test_user(
    env, "bench_indicator", groups="order_indicator.group_order_indicator_user,order_sla.group_order_sla_manager",
    company_id=env.company.id, company_ids=[Command.set(env.company.ids)])
indicators = env["order.indicator"].with_user(reader).search([("section", "=", "time")])
kept = indicators.filtered(lambda one: one.code == "clock_compliance")


def make(first, last, is_open=False):
    """Clocks over the last year, set-based; open ones since this morning."""
    now = fields.Datetime.now()
    env.execute_query(SQL(
        """
        INSERT INTO sla_clock (policy_id, res_model, res_id, res_name, company_id, department_id, user_id, calendar_id,
            state, is_open, is_late, started_at, deadline_at, stopped_at, consumed_seconds, on_time, deadline_no)
        SELECT (%(policies)s::int[])[1 + n %% %(policy_count)s], 'res.partner', 1000000 + n, 'Clock ' || n, %(company)s,
            (%(departments)s::int[])[1 + n %% 8], %(user)s, %(calendar)s,
            CASE WHEN %(open)s THEN 'running' WHEN n %% 5 = 0 THEN 'breached' ELSE 'met' END,
            %(open)s, n %% 5 = 0, moment - interval '5 hours', moment,
            CASE WHEN NOT %(open)s THEN moment END, CASE WHEN NOT %(open)s THEN 3600 + n %% 36000 END,
            CASE WHEN n %% 5 = 0 THEN 0 ELSE 100 END, 1
        FROM generate_series(%(first)s, %(last)s) AS n,
            LATERAL (SELECT %(now)s::timestamp + CASE WHEN %(open)s THEN interval '4 hours'
                ELSE make_interval(mins => -(n * 7919) %% 525600) END AS moment) AS at
        RETURNING 1
        """, policies=policies.ids, policy_count=len(policies), departments=departments.ids, company=env.company.id,
        user=reader.id, calendar=env.company.resource_calendar_id.id, first=first, last=last - 1, now=now,
        open=is_open))
    env.invalidate_all()


def board():
    """What the screen asks for: the board, and the cards of the section."""
    shown = indicators.with_context(allowed_company_ids=env.company.ids)
    shown.get_board("month")
    assert shown.get_cards("month")


def breakdown():
    kept.with_context(allowed_company_ids=env.company.ids).get_breakdown("department_field", "year")


queries, there = [], 0
for number in (1000, 50000, 100000):
    make(there, number)
    there = number
    for _turn in range(2):  # warm up
        board()
        breakdown()
    seconds, count = meter.measure(board)
    by_seconds, by_count = meter.measure(breakdown)
    queries.append((count, by_count))
    print(f"{number:>7} clocks: board {count} queries, {seconds:.2f} s; "
          f"breakdown {by_count} queries, {by_seconds:.2f} s")
meter.judge("queries do not grow with the clocks", queries[2] <= queries[1])
meter.judge("the section of 100,000 clocks within 3 s of processor time", seconds < 3)

looked = []
for number in (200, 2000):
    make(2000000 + (200 if looked else 0), 2000000 + number, is_open=True)
    env["sla.clock"]._look_ahead()  # warm up: the working time of the years
    env["sla.clock"].sudo().search([("is_open", "=", True)]).write({"forecast_at": False})  # all change again
    seconds, count = meter.measure(env["sla.clock"]._look_ahead)
    looked.append(count)
    print(f"{number:>7} open clocks: look ahead {count} queries, {seconds:.2f} s")
meter.judge("queries of looking ahead do not grow with the open clocks", looked[1] <= looked[0])
meter.judge("2,000 open clocks, 100,000 former ones within 5 s of processor time", seconds < 5)
env.cr.rollback()
meter.conclude()
