"""Obstacles as plain data with names in them, and the sentences that people read."""
from odoo import fields
from odoo.tools import SQL, format_date

from ..kernel.feasible import DEAD_ENDS

#: What the name of an obstacle is the id of.
NAMED = {"buy": "partner", "subcontract": "partner", "incoming": "move", "centre": "centre"}
#: How many obstacles are shown: the constraint and the next two.
SHOWN = 3


class Names:
    """Names of what obstacles are about, read at once.

    :param env: a superuser's: who sells may know what an order waits for, and by which name
    :param products: further products to be named
    """

    def __init__(self, env, obstacles, products):
        self.products = {product.id: product.display_name for product in products.browse(
            {*products.ids, *(obstacle.part for obstacle in obstacles)})}
        self.others = {(kind, id_): name for kind, id_, name in env.execute_query(SQL(
            """
            SELECT 'partner', id, complete_name FROM res_partner WHERE id = ANY(%(partners)s)
             UNION ALL SELECT 'centre', id, name FROM mrp_workcenter WHERE id = ANY(%(centres)s)
             UNION ALL
            SELECT 'move', move.id, COALESCE(bought.name, made.name, brought.name)
              FROM stock_move move
         LEFT JOIN purchase_order_line line ON line.id = move.purchase_line_id
         LEFT JOIN purchase_order bought ON bought.id = line.order_id
         LEFT JOIN mrp_production made ON made.id = move.production_id
         LEFT JOIN stock_picking brought ON brought.id = move.picking_id
             WHERE move.id = ANY(%(moves)s)
            """, **{f"{kind}s": [obstacle.name for obstacle in obstacles if NAMED.get(obstacle.kind) == kind]
                    for kind in set(NAMED.values())}))}

    def describe(self, obstacle, to_date):
        """As plain data that can be kept."""
        name = self.others.get((NAMED.get(obstacle.kind), obstacle.name), "")
        dated = obstacle.kind not in DEAD_ENDS
        return {
            "kind": obstacle.kind, "part": self.products[obstacle.part], "name": name,
            "date": dated and fields.Date.to_string(to_date(obstacle.end))}

    def describe_offers(self, offers):
        """Lead times as plain data."""
        return [{"part": self.products[offer.part], "name": self.others.get(("partner", offer.name), ""),
                 "days": offer.end} for offer in offers]


def tell(env, obstacle):
    """A sentence for whoever reads: what holds it up, and what to do where there is no date."""
    words = {**obstacle, "date": format_date(env, obstacle["date"])}
    return {
        "buy": lambda: env._("%(part)s from %(name)s, here on %(date)s", **words),
        "incoming": lambda: env._("%(part)s of %(name)s, here on %(date)s", **words),
        "centre": lambda: env._("Work centre %(name)s, done with %(part)s on %(date)s", **words),
        "lead": lambda: env._("%(part)s: its manufacturing time ends on %(date)s", **words),
        "subcontract": lambda: env._("%(part)s made by %(name)s until %(date)s", **words),
        "delivery": lambda: env._("%(part)s: its delivery time ends on %(date)s", **words),
        "none": lambda: env._("%(part)s has no source: give it a supplier or a bill of materials", **words),
        "loop": lambda: env._("%(part)s is made of itself: correct its bill of materials", **words),
        "far": lambda: env._(
            "%(part)s has no date within three years: look at its lead times and work centres", **words),
    }[obstacle["kind"]]()

