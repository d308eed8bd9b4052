from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: Requests a minute: of one link, of one address, and of one address with links that are not valid.
LIMITS = {"link": 60, "address": 120, "miss": 10}


class SupplierLinkHit(models.Model):
    """How often a link and an address have asked in a minute; nobody reads it but the page itself."""

    _name = "supplier.link.hit"
    _description = "Requests of Suppliers' Links"
    _log_access = False

    key = fields.Char(required=True, export_string_translation=False)
    minute = fields.Datetime(required=True, export_string_translation=False)
    count = fields.Integer(required=True, export_string_translation=False)

    _key_minute = models.UniqueIndex("(key, minute)")

    @api.model
    def _count(self, kind, name):
        """Count a request, in a transaction of its own: it counts also where the request fails.

        :param kind: one of ``LIMITS``
        :return: whether it is within the limit
        """
        minute = fields.Datetime.now().replace(second=0, microsecond=0)
        with self.env.registry.cursor() as cr:
            [(count,)] = self.env(cr=cr).execute_query(SQL(
                "INSERT INTO supplier_link_hit (key, minute, count) VALUES (%s, %s, 1) "
                "ON CONFLICT (key, minute) DO UPDATE SET count = supplier_link_hit.count + 1 RETURNING count",
                f"{kind}:{name}", minute))
        return count <= LIMITS[kind]

    @api.model
    def _is_within(self, kind, name):
        """Whether the present minute still has room, without counting."""
        minute = fields.Datetime.now().replace(second=0, microsecond=0)
        rows = self.env.execute_query(SQL(
            "SELECT count FROM supplier_link_hit WHERE key = %s AND minute = %s", f"{kind}:{name}", minute))
        return not rows or rows[0][0] <= LIMITS[kind]

    @api.autovacuum
    def _gc_hits(self):
        self.env.execute_query(SQL(
            "DELETE FROM supplier_link_hit WHERE minute < %s RETURNING 1",
            fields.Datetime.now() - timedelta(hours=1)))
