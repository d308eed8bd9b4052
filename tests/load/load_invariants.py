"""Whether what people were told is what stands in the database: nothing lost, nothing twice.

What stands is read with plain SQL, so that nothing is computed anew by looking; :func:`check` only compares.
"""
import json
from collections import Counter

#: Rows by what they are of; ``%(name)s`` are the plan's ids.
QUERIES = {
    "opinion": "SELECT id, state, signed_by AS uid FROM order_review_line WHERE id IN (%(lines)s)",
    # A clock ends once, whichever way.
    "clock": """
        SELECT c.id, c.res_id, c.is_open, count(*) FILTER (WHERE e.kind IN ('met', 'cancelled')
               OR e.kind = 'breached' AND coalesce(e.reason, '') != 'deadline_passed') AS ends
          FROM sla_clock c LEFT JOIN sla_clock_event e ON e.clock_id = c.id
         WHERE c.res_model = 'order.review.line' AND c.res_id IN (%(lines)s) GROUP BY c.id""",
    "picking": "SELECT id, state FROM stock_picking WHERE id IN (%(pickings)s)",
    "move": """
        SELECT m.picking_id AS picking, p.barcode AS code, sum(m.quantity)::float AS quantity
          FROM stock_move m JOIN product_product p ON p.id = m.product_id
         WHERE m.picking_id IN (%(pickings)s) AND m.state = 'done' GROUP BY 1, 2""",
    "line": """
        SELECT l.picking_id AS picking, p.barcode AS code, sum(l.quantity)::float AS quantity
          FROM stock_move_line l JOIN product_product p ON p.id = l.product_id
         WHERE l.picking_id IN (%(pickings)s) AND l.state = 'done' GROUP BY 1, 2""",
    "tally": "SELECT id, picking_id FROM scan_tally WHERE picking_id IN (%(pickings)s)",
    "entry": "SELECT uuid, state FROM web_outbox_entry WHERE user_id IN (%(uids)s)",
    "part": """
        SELECT q.product_id AS id, sum(q.quantity)::float AS quantity FROM stock_quant q
          JOIN stock_location l ON l.id = q.location_id AND l.usage = 'internal'
         WHERE q.product_id IN (%(parts)s) GROUP BY 1""",
    "negative": """
        SELECT q.id, q.product_id, q.quantity::float FROM stock_quant q
          JOIN stock_location l ON l.id = q.location_id AND l.usage IN ('internal', 'transit')
         WHERE q.quantity < 0""",
    "inspection": """
        SELECT i.id, i.state, i.inspector_id AS uid, i.verdict,
               (SELECT coalesce(sum(m.quantity), 0)::float FROM stock_move m JOIN quality_disposition d
                 ON d.id = m.quality_disposition_id WHERE d.inspection_id = i.id AND m.state = 'done') AS moved,
               (SELECT coalesce(sum(d.quantity), 0)::float FROM quality_disposition d
                 WHERE d.inspection_id = i.id) AS booked
          FROM quality_inspection i WHERE i.id IN (%(inspections)s)""",
    "item": """
        SELECT id, to_char(planned_start, 'YYYY-MM-DD HH24:MI:SS') AS start FROM project_task
         WHERE id IN (%(items)s)""",
    "purchase": """
        SELECT l.order_id AS id, count(*) AS lines,
               count(*) FILTER (WHERE l.confirmation_state = 'confirmed') AS confirmed
          FROM purchase_order_line l WHERE l.order_id IN (%(orders)s) GROUP BY 1""",
    "shipment": """
        SELECT o.id, p.supplier_shipment AS state, p.supplier_tracking_ref AS tracking,
               (SELECT count(*) FROM mail_message m WHERE m.model = 'purchase.order' AND m.res_id = o.id
                 AND m.body LIKE '%%SF%%') AS messages
          FROM purchase_order o JOIN stock_picking p ON p.origin = o.name WHERE o.id IN (%(orders)s)""",
    "crate": """
        SELECT c.id, c.state, c.signer, c.notice_id AS notice,
               (SELECT count(*) FROM mail_message m WHERE m.model = 'delivery.notice' AND m.res_id = c.notice_id
                 AND m.body LIKE '%%Site-' || c.id || '-x%%') AS messages
          FROM delivery_crate c WHERE c.id IN (%(crates)s)""",
    "job": "SELECT id, cron_name AS name FROM ir_cron WHERE failure_count > 0",
}


def read(query, plan):
    """What stands in a database.

    :param query: function of SQL that returns a text
    :return: ``{what: list of dicts}``
    """
    ids = {name: ", ".join(map(str, sorted(values) or [0])) for name, values in _get_ids(plan).items()}
    return {name: json.loads(query(f"SELECT coalesce(json_agg(t ORDER BY t::text), '[]') FROM ({text % ids}) t"))
            for name, text in QUERIES.items()}


def _get_ids(plan):
    work = [one for round_ in plan["rounds"] for one in round_]
    tasks = [(one["kind"], task) for one in work for task in one["tasks"]]
    wanted = {"lines": "line", "pickings": "picking", "inspections": "inspection", "items": "item", "orders": "order",
              "crates": "crate"}
    return {name: {task[key] for _kind, task in tasks if key in task} for name, key in wanted.items()} | {
        "uids": {one["uid"] for one in work if one["uid"]}, "parts": set(map(int, plan["stock"]))}


def check(plan, said, found):
    """:return: what is wrong, as texts; empty: all is well"""
    by_kind = {}
    for one in said:
        by_kind.setdefault(one["kind"], []).append(one)
    return [*_check_opinions(by_kind, found), *_check_scans(by_kind, found), *_check_stock(plan, found),
            *_check_inspections(by_kind, found), *_check_plan(by_kind, found), *_check_links(by_kind, found),
            *(f"job {job['name']} failed" for job in found["job"])]


def _compare(what, told, stands):
    """Both ways: what was told stands, and nothing stands that nobody was told of."""
    for key in told.keys() | stands.keys():
        if told.get(key) != stands.get(key):
            yield f"{what} {key}: people were told {told.get(key)}, the database has {stands.get(key)}"


def _check_once(what, keys):
    return [f"{what} {key}: {number} times" for key, number in Counter(keys).items() if number > 1]


def _check_opinions(said, found):
    told = {one["id"]: one["uid"] for one in said.get("opinion", ())}
    yield from _check_once("opinion told", [one["id"] for one in said.get("opinion", ())])
    yield from _compare("opinion", told, {row["id"]: row["uid"] for row in found["opinion"] if row["uid"]})
    for row in found["clock"]:
        ends = int(row["res_id"] in told)
        if row["ends"] != ends or row["is_open"] == bool(ends):
            yield f"clock {row['id']} of opinion {row['res_id']}: ended {row['ends']} times, open: {row['is_open']}"
    yield from (f"opinion {line}: no clock" for line in told.keys() - {row["res_id"] for row in found["clock"]})


def _check_scans(said, found):
    scans = [one for one in said.get("scan", ())]
    yield from _check_once("scan told", [one["uuid"] for one in scans])
    yield from _compare("entry", {one["uuid"]: "done" for one in scans},
                        {row["uuid"]: row["state"] for row in found["entry"]})
    finished = {one["picking"] for one in scans if one["event"] == "press"}
    yield from _compare("transfer done", dict.fromkeys(finished, True),
                        {row["id"]: True for row in found["picking"] if row["state"] == "done"})
    told = Counter((one["picking"], one["code"]) for one in scans if one["event"] == "scan"
                   and one["picking"] in finished)
    for name in ("move", "line"):
        yield from _compare(f"quantity by {name}", {key: float(number) for key, number in told.items()},
                            {(row["picking"], row["code"]): row["quantity"] for row in found[name]})
    yield from (f"tally {row['id']} of transfer {row['picking_id']} is left" for row in found["tally"]
                if row["picking_id"] in finished)


def _check_stock(plan, found):
    """On hand is what was there, and what has come and gone by finished transfers."""
    flows = {task["picking"]: task["flow"] for round_ in plan["rounds"] for one in round_ for task in one["tasks"]
             if "picking" in task}
    moved = Counter()
    for row in found["move"]:
        moved[row["code"]] += row["quantity"] * (1 if flows[row["picking"]] == "receive" else -1)
    stands = {int(row["id"]): row["quantity"] for row in found["part"]}
    expected = {int(id_): quantity + moved[plan["codes"][str(id_)]] for id_, quantity in plan["stock"].items()}
    yield from _compare("stock of product", expected, stands)
    yield from (f"stock {row['id']} of product {row['product_id']} is {row['quantity']}" for row in found["negative"]
                if row["id"] not in plan["negative"])


def _check_inspections(said, found):
    told = {one["id"]: (one["uid"], one["quantity"], one["quantity"]) for one in said.get("inspection", ())}
    yield from _check_once("inspection told", [one["id"] for one in said.get("inspection", ())])
    yield from _compare("inspection", told, {row["id"]: (row["uid"], row["booked"], row["moved"])
                                             for row in found["inspection"] if row["state"] == "done" or row["booked"]})


def _check_plan(said, found):
    told = {one["id"]: one["start"] for one in said.get("plan", ())}  # the last word holds
    stands = {row["id"]: row["start"] for row in found["item"] if row["id"] in told}
    yield from _compare("plan item", told, stands)


def _check_links(said, found):
    confirmed = {one["id"] for one in said.get("confirm", ())}
    yield from _compare("purchase order confirmed", dict.fromkeys(confirmed, True),
                        {row["id"]: row["confirmed"] == row["lines"] for row in found["purchase"] if row["confirmed"]})
    yield from _compare("shipment", {one["id"]: (one["tracking"], 1) for one in said.get("ship", ())},
                        {row["id"]: (row["tracking"], row["messages"]) for row in found["shipment"]
                         if row["state"] == "shipped" or row["messages"]})
    yield from _compare("crate", {one["id"]: (one["signer"], 1) for one in said.get("crate", ())},
                        {row["id"]: (row["signer"], row["messages"]) for row in found["crate"] if row["signer"]})
