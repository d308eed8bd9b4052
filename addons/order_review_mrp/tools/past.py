"""Orders like the one that is asked for: what they were planned to take, and what they took."""
from odoo import fields
from odoo.tools import SQL

#: How many former orders are shown for a product.
SHOWN = 3


def read_similar(order, products):
    """Delivered orders of the company with the same products, else with others of their category: plain data, the same
    product first, then the latest. One query.

    Days run from the confirmation: to the promised delivery, and to the last one.
    """
    rows = order.env.execute_query(SQL(
        """
        SELECT wanted.id, former.name, former.same, former.ordered, former.promised, former.delivered
          FROM product_product wanted
          JOIN product_template kind ON kind.id = wanted.product_tmpl_id
    CROSS JOIN LATERAL (
               SELECT past.name, bool_or(line.product_id = wanted.id) AS same, past.date_order AS ordered,
                      past.commitment_date AS promised, MAX(gone.date_done) AS delivered
                 FROM sale_order past
                 JOIN sale_order_line line ON line.order_id = past.id
                 JOIN product_product pp ON pp.id = line.product_id
                 JOIN product_template pt ON pt.id = pp.product_tmpl_id
                 JOIN stock_picking gone ON gone.sale_id = past.id AND gone.state = 'done'
                 JOIN stock_picking_type way ON way.id = gone.picking_type_id
                  AND way.code <> 'incoming' -- what came back later was delivered before
                WHERE past.state = 'sale' AND past.delivery_status = 'full' AND past.company_id = %(company)s
                  AND past.id <> %(order)s AND (line.product_id = wanted.id OR pt.categ_id = kind.categ_id)
             GROUP BY past.id
             ORDER BY 2 DESC, 5 DESC, past.id LIMIT %(shown)s) former
         WHERE wanted.id = ANY(%(products)s) AND kind.type <> 'service'
      ORDER BY wanted.id, former.same DESC, former.delivered DESC, former.name
        """, company=order.company_id.id, order=order.id, products=products.ids, shown=SHOWN))
    return [{
        "product_id": product, "order": name, "same": same,
        "delivered": fields.Date.to_string(order.company_id._get_day(delivered)),
        "planned": promised and (promised - ordered).days, "actual": (delivered - ordered).days,
    } for product, name, same, ordered, promised, delivered in rows]
