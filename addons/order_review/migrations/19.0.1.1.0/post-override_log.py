"""Releases without review become records of their own; the order kept the last one only."""
from odoo.tools.sql import column_exists


def migrate(cr, version):
    if not version or not column_exists(cr, "sale_order", "review_override_reason"):
        return
    cr.execute("""
        INSERT INTO order_review_override_log
               (order_id, company_id, user_id, released_on, reason, review_id, digest,
                create_uid, create_date, write_uid, write_date)
        SELECT id, company_id, review_override_by, review_override_on, review_override_reason, review_id,
               review_override_digest, review_override_by, review_override_on, review_override_by, review_override_on
          FROM sale_order
         WHERE review_override_reason IS NOT NULL AND review_override_by IS NOT NULL
           AND review_override_on IS NOT NULL
           AND NOT EXISTS (SELECT FROM order_review_override_log log WHERE log.order_id = sale_order.id)
    """)
    cr.execute("""
        ALTER TABLE sale_order DROP COLUMN review_override_reason, DROP COLUMN review_override_by,
                               DROP COLUMN review_override_on
    """)
