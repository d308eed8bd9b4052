"""What is wanted, at hand and coming, read from the database: a constant number of queries, plain tuples."""
from typing import NamedTuple

from odoo.tools import SQL

OPEN_ORDERS = ("confirmed", "progress", "to_close")


class Wanted(NamedTuple):
    """An open move that takes goods away from a place.

    :ivar place: a warehouse, or minus the location where that belongs to none (a subcontractor's)
    :ivar owner: id of the partner whose goods it takes, 0: our own
    :ivar reserved: of the quantity, what is set aside for it
    :ivar consumer: id of the manufacturing order whose component it is, or 0
    """
    id: int
    product: int
    place: int
    owner: int
    quantity: float
    reserved: float
    consumer: int


class Coming(NamedTuple):
    """An open move that brings goods to a place, or moves them within it.

    :ivar source: place that it takes them from, None: from outside
    :ivar date: when it is expected, not before now, in seconds
    :ivar producer: id of the manufacturing order that makes it, or 0
    :ivar lead: seconds that this takes
    """
    id: int
    product: int
    place: int
    owner: int
    quantity: float
    reserved: float
    source: int | None
    date: float
    producer: int
    lead: float
    draft: bool


def wanted(env, products):
    """Rows of :class:`Wanted`, pool by pool, in the order in which they may claim (priority, date, id).

    :param products: ids, or None for all
    """
    return _moves(env, products, SQL("COALESCE(m.raw_material_production_id, 0)"), SQL(
        "src.place IS NOT NULL AND target.place IS DISTINCT FROM src.place AND m.state <> 'draft' "
        "ORDER BY m.product_id, src.place, owner, m.priority DESC, m.date, m.id"), SQL("src.place"))


def coming(env, products, now, dates):
    """Rows of :class:`Coming`.

    :param dates: SQL of the moments, of which the last counts, at which a move is expected (``m`` the move, ``pl`` its
        purchase line, ``mo`` the order that makes it)
    """
    return _moves(env, products, SQL(
        "src.place, date_part('epoch', GREATEST(%s, %s)), COALESCE(m.production_id, 0), "
        "COALESCE(date_part('epoch', mo.date_finished - mo.date_start), 0), m.state = 'draft'", dates, now), SQL(
        "dst.usage IN ('internal', 'transit') AND target.place IS NOT NULL "
        "AND (m.state <> 'draft' OR mo.state = 'draft')"), SQL("target.place"))


def _moves(env, products, columns, condition, place):
    """Open moves of storable products; quantities are of the product's unit.

    A move that stays within a place and whose goods will leave it without a move of their own yet (picking before
    delivery in Odoo 19) is taken as the one that leaves; so is one into transit that is to arrive elsewhere.
    """
    return env.execute_query(SQL(
        """
        WITH place AS MATERIALIZED (
            SELECT id, usage, CASE WHEN usage = 'internal' THEN COALESCE(warehouse_id, -id) END AS place
              FROM stock_location),
        goods AS MATERIALIZED (
            SELECT pp.id FROM product_product pp JOIN product_template pt ON pt.id = pp.product_tmpl_id
             WHERE pt.is_storable AND %(goods)s)
        SELECT m.id, m.product_id, %(place)s, COALESCE(m.restrict_partner_id, pick.owner_id, 0) AS owner,
               m.product_qty::float8,
               CASE WHEN src.place IS NULL OR m.quantity IS NULL THEN 0
                    WHEN m.quantity >= m.product_uom_qty THEN m.product_qty
                    ELSE m.quantity * m.product_qty / m.product_uom_qty END::float8,
               %(columns)s
          FROM stock_move m
          JOIN goods ON goods.id = m.product_id
          JOIN place src ON src.id = m.location_id
          JOIN place dst ON dst.id = m.location_dest_id
     LEFT JOIN stock_picking pick ON pick.id = m.picking_id
     LEFT JOIN purchase_order_line pl ON pl.id = m.purchase_line_id
     LEFT JOIN mrp_production mo ON mo.id = m.production_id
    CROSS JOIN LATERAL (
               SELECT CASE WHEN m.location_final_id IS NULL OR m.location_final_id = m.location_dest_id
                                OR NOT (dst.usage = 'transit' OR dst.place = src.place)
                                OR EXISTS (SELECT FROM stock_move_move_rel rel
                                             JOIN stock_move next ON next.id = rel.move_dest_id
                                            WHERE rel.move_orig_id = m.id
                                              AND next.state NOT IN ('done', 'cancel', 'draft'))
                           THEN dst.place
                           ELSE (SELECT place FROM place WHERE id = m.location_final_id) END AS place) target
         WHERE m.state NOT IN ('done', 'cancel') AND m.product_qty > 0 AND %(products)s
           AND %(condition)s
        """, columns=columns, condition=condition, place=place, products=_among("m.product_id", products),
        goods=_among("pp.id", products)))


def others(env, products, usable, unconfirmed, now):
    """What covers demands and is no move: goods at hand that are not set aside (less than none is a debt), and lines of
    purchase orders that are not confirmed: list of (0 or minus the line, product, place, owner, quantity, date).

    :param usable: SQL condition on ``q`` (stock_quant) and ``l`` (its location): may this be given to a demand?
    :param unconfirmed: SQL condition on ``po`` (purchase_order): does this request for quotation count?
    """
    return env.execute_query(SQL(
        """
        SELECT 0, q.product_id, COALESCE(l.warehouse_id, -l.id) AS place, COALESCE(q.owner_id, 0) AS owner,
               SUM(COALESCE(q.quantity, 0) - COALESCE(q.reserved_quantity, 0))::float8, '-infinity'::float8
          FROM stock_quant q JOIN stock_location l ON l.id = q.location_id
         WHERE l.usage = 'internal' AND %(usable)s AND %(of_quants)s
      GROUP BY q.product_id, place, owner
         UNION ALL
        SELECT -pl.id, pl.product_id, COALESCE(l.warehouse_id, -l.id), 0, pl.product_uom_qty::float8,
               date_part('epoch', GREATEST(pl.date_planned, %(now)s))
          FROM purchase_order po
          JOIN purchase_order_line pl ON pl.order_id = po.id
          JOIN stock_picking_type type ON type.id = po.picking_type_id
          JOIN stock_location l ON l.id = type.default_location_dest_id
         WHERE po.state IN ('draft', 'sent', 'to approve') AND pl.product_uom_qty > 0 AND l.usage = 'internal'
           AND %(unconfirmed)s AND %(of_lines)s
        """,
        usable=usable, unconfirmed=unconfirmed, now=now,
        of_quants=_among("q.product_id", products), of_lines=_among("pl.product_id", products)))


def links(env, products):
    """Which open move feeds which: list of (move, next move), and (minus the purchase line, move) of drafts."""
    return env.execute_query(SQL(
        """
        SELECT rel.move_orig_id, rel.move_dest_id
          FROM stock_move m
          JOIN stock_move_move_rel rel ON rel.move_dest_id = m.id
          JOIN stock_move before ON before.id = rel.move_orig_id AND before.state NOT IN ('done', 'cancel')
         WHERE m.state NOT IN ('done', 'cancel') AND %(products)s
         UNION ALL
        SELECT -rel.created_purchase_line_id, m.id
          FROM stock_move m
          JOIN stock_move_created_purchase_line_rel rel ON rel.move_id = m.id
         WHERE m.state NOT IN ('done', 'cancel') AND %(products)s
        """, products=_among("m.product_id", products)))


def elsewhere(env, products, coming):
    """When the components that are not looked at now are complete, by order: list of (production, date).

    :param coming: rows of :class:`Coming`, whose orders are asked about
    """
    orders = sorted({row[8] for row in coming} - {0}) if products is not None else ()
    if not orders:
        return []
    return env.execute_query(SQL(
        """
        SELECT production_id, date_part('epoch', MAX(date_available))
          FROM material_peg_row
         WHERE production_id = ANY(%s) AND production_id <> 0 AND NOT product_id = ANY(%s)
      GROUP BY 1
        """, orders, list(products)))


def upwards(env, products):
    """These products and those that open orders make of them where somebody wants them, all the way up: ids."""
    return [id_ for id_, in env.execute_query(SQL(
        """
        WITH RECURSIVE touched (id) AS (
            SELECT unnest(%s::int[])
             UNION
            SELECT parent.id
              FROM touched
        CROSS JOIN LATERAL (
                   SELECT DISTINCT made.product_id AS id
                     FROM stock_move used
                     JOIN stock_move made ON made.production_id = used.raw_material_production_id
                          AND made.state NOT IN ('done', 'cancel')
                    WHERE used.product_id = touched.id AND used.state NOT IN ('done', 'cancel')) parent
             WHERE EXISTS (SELECT FROM stock_move m
                            WHERE m.product_id = parent.id AND m.state NOT IN ('done', 'cancel')
                              AND m.location_id = ANY(ARRAY(
                                  SELECT id FROM stock_location WHERE usage = 'internal'))))
        SELECT id FROM touched
        """, list(products)))]


def _among(column, products):
    return SQL("TRUE") if products is None else SQL("%s = ANY(%s)", SQL.identifier(*column.split(".")), list(products))
