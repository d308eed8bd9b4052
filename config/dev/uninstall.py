"""Whether the suite's addons can be taken off again, in every order that their dependencies allow.

A database with the suite and an order that went through it is cloned; a clone loses the addons one by one, leaves
first, until none is left, and gets all of them back. Another loses one addon with all that stands on it. After each
step ``tests/uninstall`` looks at what is left: Odoo must work, and nothing of the addon be there any more.
"""
import json
import os
import random
import uuid

import database
import postgres
import server
from place import ROOT, Stamp, fingerprint
from talk import Stop, say

PLACE = ROOT / "tests" / "uninstall"
#: A database with the suite and data of an order's whole way, made once for each state of the addons.
FILLED = "uninstall_filled"
#: Orders of all addons that are drawn by lot.
ORDERS = 2


def uninstall(orders=None, only=None, source=None):
    """Uninstall in random orders and each addon alone; 1 if Odoo does not work afterwards or something is left over.

    :param orders: how many orders of all addons, as text; or seeds after a colon, to repeat one: ``:17,4``
    :param only: comma-separated addons to be taken off alone, with what stands on them; all by default, ``-`` for none
    :param source: name of a database to clone; by default one with an order that went through the company
    """
    seeds = _seeds(orders or str(ORDERS))
    names = [] if only == "-" else database.selected(only)
    source = source or _filled()
    known = {name: set(manifest["depends"]) for name, manifest in database.shipped().items()
             if database.has_module(source, name)}
    jobs = [(f"all, seed {seed}", leaves_first(known, random.Random(seed)), True) for seed in seeds]
    jobs += [(f"{name} with what stands on it", [name], False) for name in names if name in known]
    return 1 if sum(_run(source, *job) for job in jobs) else 0


def _seeds(orders):
    """Seeds of the orders: those named, or as many new ones as asked for."""
    listed = orders.removeprefix(":").split(",")
    if not all(word.isdigit() for word in listed) or len(listed) > 1 and not orders.startswith(":"):
        raise Stop(f"ORDERS={orders} is neither a number of orders nor, after a colon, seeds: ORDERS=2, ORDERS=:17,4.")
    if orders.startswith(":"):
        return [int(word) for word in listed]
    return [random.randrange(10_000) for _order in range(int(orders))]


def leaves_first(known, lot):
    """An order in which nothing is taken off on which something still stands.

    :param dict known: what each addon depends on
    :param random.Random lot: decides among those that may go next
    """
    left, order = dict(known), []
    while left:
        needed = set().union(*left.values())
        leaf = lot.choice(sorted(left.keys() - needed))
        order.append(leaf)
        del left[leaf]
    return order


def _filled():
    """The database that is cloned; made anew when addons have changed."""
    names = database.selected()
    template = database.suite_template(names)
    stamp = Stamp(FILLED, fingerprint(template, *sorted((ROOT / "tests").glob("chain_*.py")), PLACE / "fill.py"))
    if not postgres.exists(FILLED) or not stamp.fresh:
        database.clone(template, FILLED)
        with (PLACE / "fill.py").open() as stdin:
            if server.shell(FILLED, stdin=stdin):
                database.drop(FILLED)
                raise Stop("the order that fills the database did not come to its end, see above.")
        stamp.set()
    return FILLED


def _run(source, title, steps, back):
    """Take the addons off a clone, step by step; the number of complaints."""
    scratch = f"uninstall_{uuid.uuid4().hex[:8]}"
    say(f"\n==> {title}")
    try:
        database.clone(source, scratch)
        os.environ["UNINSTALL"] = json.dumps({
            "steps": steps, "back": steps if back else [], "ours": sorted(database.shipped())})
        with (PLACE / "steps.py").open() as stdin:
            return server.shell(scratch, stdin=stdin)
    finally:
        database.drop(scratch)
