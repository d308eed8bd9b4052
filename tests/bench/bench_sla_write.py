"""order_sla: what watching costs on create and write

Bars: records that no policy watches, and fields that no policy looks at: no query more; a batch create of 1,000 watched
records: a constant number of queries more.
"""
import time
from unittest.mock import patch

cr = env.cr  # noqa: F821
Document = env["test.order.sla.document"]  # noqa: F821
Plain = env["test.order.sla.plain"]  # noqa: F821
Policy = type(env["sla.policy"])  # noqa: F821
results = []


def judge(text, passed):
    results.append(passed)
    print(f"{text}: {'PASS' if passed else 'FAIL'}")


def measure(function, watching=True):
    """Best milliseconds, and queries, of a call; all that it writes included."""
    best = None
    for _ in range(3):
        env.flush_all()  # noqa: F821
        queries, begin = cr.sql_log_count, time.perf_counter()
        if watching:
            function()
            env.flush_all()  # noqa: F821
        else:
            with patch.object(Policy, "_watch_map", lambda policy: {}):
                function()
                env.flush_all()  # noqa: F821
        spent = (time.perf_counter() - begin) * 1000, cr.sql_log_count - queries
        best = spent if best is None else (min(best[0], spent[0]), min(best[1], spent[1]))
    return best


def compare(title, function):
    """Queries that watching adds."""
    function()
    bare_ms, bare = measure(function, watching=False)
    ms, queries = measure(function)
    print(f"{title:48} {bare_ms:8.1f} ms {bare:4} queries without, {ms:8.1f} ms {queries:4} with")
    return queries - bare


def vals(number, **values):
    return [{"name": f"D{n}", "state": "submitted", "user_id": env.uid} | values for n in range(number)]  # noqa: F821


env["sla.policy"].create([{  # noqa: F821
    "name": name, "model_id": env["ir.model"]._get_id(Document._name), "responsible_field": "user_id",  # noqa: F821
    "start_domain": "[('state', '=', 'submitted')]", "stop_domain": "[('state', '=', 'done')]",
    "pause_domain": "[('state', '=', 'waiting')]", "limit_value": 8,
    "step_ids": [(0, 0, {"name": "Soon", "offset": 1, "timing": "before"}), (0, 0, {"name": "Now"})],
} for name in ("One", "Two")])

plain = Plain.create({"name": "P"})
document = Document.create(vals(1))
names = iter(range(10_000_000))
added = compare("create 100, model that nobody watches", lambda: Plain.create([{"name": "P"}] * 100))
judge(f"  queries more: {added} (bar 0)", added <= 0)
added = compare("write, model that nobody watches", lambda: plain.write({"name": f"P{next(names)}"}))
judge(f"  queries more: {added} (bar 0)", added <= 0)
added = compare("write, field that nobody looks at", lambda: document.write({"remark": f"{next(names)}"}))
judge(f"  queries more: {added} (bar 0)", added <= 0)
if "sale.order" in env:  # noqa: F821
    partner = env["res.partner"].create({"name": "Bench"})  # noqa: F821
    env["sla.policy"].search([("model", "=", "sale.order")]).active = False  # noqa: F821
    order = env["sale.order"].create({"partner_id": partner.id})  # noqa: F821
    added = compare("create a sale order that nobody watches",
                    lambda: env["sale.order"].create({"partner_id": partner.id}))  # noqa: F821
    judge(f"  queries more: {added} (bar 0)", added <= 0)
    added = compare("write a sale order that nobody watches",
                    lambda: order.write({"client_order_ref": f"{next(names)}"}))
    judge(f"  queries more: {added} (bar 0)", added <= 0)

more = {number: compare(f"create {number:,} watched records, 2 clocks each", lambda: Document.create(vals(number)))  # noqa: B023
        for number in (10, 100, 1_000)}
judge(f"  queries more: {more} (bar: the same for 100 and 1,000)", more[100] == more[1_000])
assert env["sla.clock"].search_count([("policy_id.name", "in", ["One", "Two"])]) > 2_000  # noqa: F821
print("all bars: " + ("PASS" if all(results) else "FAIL"))
cr.rollback()
