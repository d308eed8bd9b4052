"""What was matched, written: only rows that differ from those that are there, in one statement."""

from odoo.tools import SQL

from ..kernel.pegging import KINDS
from .gather import OPEN_ORDERS

COLUMNS = (("demand_id", "int4"), ("kind", "int4"), ("source_id", "int4"), ("quantity", "float8"),
           ("date_available", "float8"))


def store_rows(env, rows, products):
    """Bring the stored pegs of these products to these rows; rows that stay as they are keep their id.

    The driver is handed each column as one text: it would quote number by number. New and old are put side by side by a
    full join, which cannot become a nested loop, whatever the statistics of the tables say.

    :param rows: tuples in the order of ``COLUMNS``, dates in seconds since the epoch
    :param products: ids, or None for all
    :return: ids of the orders whose parts are covered in another way than before
    """
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(COLUMNS)
    arrays = SQL(", ").join(
        SQL("%s::%s[]", _array(column), SQL(kind)) for (_name, kind), column in zip(COLUMNS, columns, strict=True))
    return [id_ for id_, in env.execute_query(SQL(
        """
        WITH new AS (
            SELECT demand_id, kind, source_id, quantity,
                   to_timestamp(date_available) AT TIME ZONE 'UTC' AS date_available
              FROM unnest(%(arrays)s) AS given (demand_id, kind, source_id, quantity, date_available)),
        old AS (
            SELECT id AS old_id, production_id AS old_order, demand_id AS d, kind AS k, source_id AS s, quantity AS q,
                   date_available AS a
              FROM material_peg_row WHERE %(scope)s),
        changed AS MATERIALIZED (
            SELECT * FROM new FULL JOIN old ON demand_id = d AND source_id = s AND kind = k
             WHERE old_id IS NULL OR demand_id IS NULL OR quantity <> q OR date_available <> a),
        gone AS (
            DELETE FROM material_peg_row WHERE id IN (SELECT old_id FROM changed WHERE old_id IS NOT NULL)),
        put AS (
            INSERT INTO material_peg_row
                   (demand_id, production_id, product_id, kind, source_id, quantity, date_available)
            SELECT m.id, COALESCE(m.raw_material_production_id, 0), m.product_id, c.kind, c.source_id, c.quantity,
                   c.date_available
              FROM changed c JOIN stock_move m ON m.id = c.demand_id
         RETURNING production_id)
        SELECT old_order FROM changed WHERE old_order <> 0 UNION SELECT production_id FROM put WHERE production_id <> 0
        """,
        arrays=arrays, scope=SQL("TRUE") if products is None else SQL("product_id = ANY(%s)", list(products))))]


def store_kits(env, orders, now):
    """Bring the kits of these orders to their stored pegs, and of those that begin at another time, are new or closed.

    :param orders: ids, as :func:`store_rows` returns them
    """
    env.cr.execute(SQL(
        """
        WITH closed AS (
            DELETE FROM material_kit kit USING mrp_production mo
             WHERE mo.id = kit.production_id AND mo.state NOT IN %(open)s),
        open AS MATERIALIZED (
            SELECT mo.id, mo.company_id, mo.date_start
              FROM mrp_production mo LEFT JOIN material_kit kit ON kit.production_id = mo.id
             WHERE mo.state IN %(open)s AND (
                   mo.id IN (SELECT unnest(%(orders)s::int[])) OR kit.id IS NULL
                   OR kit.date_start IS DISTINCT FROM mo.date_start OR kit.company_id <> mo.company_id)),
        line AS (
            SELECT peg.production_id, peg.demand_id, peg.product_id, MAX(peg.date_available) AS date,
                   SUM(peg.quantity) FILTER (WHERE peg.kind > %(here)s) AS missing,
                   BOOL_OR(peg.kind = %(draft)s) AS draft
              FROM material_peg_row peg  -- by the index: mostly few orders change, and a join would read all rows
             WHERE peg.production_id = ANY(ARRAY(SELECT id FROM open)) AND peg.production_id <> 0
          GROUP BY peg.production_id, peg.demand_id, peg.product_id),
        kit AS (
            SELECT production_id, COUNT(*) AS lines, COUNT(missing) AS blockers, MAX(date) AS date,
                   BOOL_OR(draft) AS draft,
                   ARRAY_AGG(product_id ORDER BY date DESC, demand_id) FILTER (WHERE missing > 0) AS products,
                   ARRAY_AGG(date ORDER BY date DESC, demand_id) FILTER (WHERE missing > 0) AS dates,
                   ARRAY_AGG(missing ORDER BY date DESC, demand_id) FILTER (WHERE missing > 0) AS quantities
              FROM line GROUP BY production_id),
        new AS (
            SELECT open.id AS production_id, open.company_id, open.date_start,
                   CASE WHEN kit.blockers > 0 THEN NULLIF(kit.date, 'infinity') ELSE %(now)s END AS kit_date,
                   CASE WHEN kit.lines > 0 THEN 100.0 * (kit.lines - kit.blockers) / kit.lines ELSE 100 END AS kit_rate,
                   CASE WHEN COALESCE(kit.blockers, 0) = 0 THEN 'ready' WHEN kit.date = 'infinity' THEN 'short'
                        WHEN kit.date > open.date_start OR kit.draft THEN 'late' ELSE 'coming' END AS state,
                   kit.products[1] AS bottleneck_product_id, NULLIF(kit.dates[1], 'infinity') AS bottleneck_date,
                   COALESCE(kit.lines, 0) AS line_count, COALESCE(kit.blockers, 0) AS blocker_count,
                   (SELECT jsonb_agg(jsonb_build_object(
                               'product_id', kit.products[n], 'quantity', kit.quantities[n],
                               'date', to_char(NULLIF(kit.dates[n], 'infinity'), 'YYYY-MM-DD HH24:MI:SS')) ORDER BY n)
                      FROM generate_series(2, LEAST(kit.blockers, 6)) n) AS next_blockers
              FROM open LEFT JOIN kit ON kit.production_id = open.id)
        INSERT INTO material_kit AS old (%(names)s)
        SELECT %(names)s FROM new
            ON CONFLICT (production_id) DO UPDATE
           SET kit_date = CASE WHEN old.state = 'ready' AND EXCLUDED.state = 'ready' THEN old.kit_date
                               ELSE EXCLUDED.kit_date END, (%(others)s) = ROW(%(excluded)s)
         WHERE (%(before)s) IS DISTINCT FROM (%(excluded)s)
               OR old.state <> 'ready' AND old.kit_date IS DISTINCT FROM EXCLUDED.kit_date
        """,
        open=OPEN_ORDERS, orders=_array(orders), now=now, here=KINDS.index("stock"), draft=KINDS.index("draft"),
        names=_of(None, (*KIT, "kit_date", "production_id")), others=_of(None, KIT), before=_of("old", KIT),
        excluded=_of("excluded", KIT)))


KIT = ("company_id", "date_start", "kit_rate", "state", "bottleneck_product_id", "bottleneck_date", "line_count",
       "blocker_count", "next_blockers")


def _of(table, names):
    return SQL(", ").join(SQL.identifier(table, name) if table else SQL.identifier(name) for name in names)


def _array(values):
    """An array as PostgreSQL writes it; numbers and plain words only."""
    return "{%s}" % str(list(values))[1:-1]  # noqa: UP031


