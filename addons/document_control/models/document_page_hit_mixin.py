from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL


class DocumentPageHitMixin(models.AbstractModel):
    """How often the pages that need no login are asked for in a minute; nobody reads it but the page itself.

    The table of a page inherits it, names its limits and keeps ``models.UniqueIndex("(key, minute)")``.
    """

    _name = "document.page.hit.mixin"
    _description = "Requests of a Public Page"
    _log_access = False

    #: Requests a minute, by kind: of one link, of one address, of one address with links that are not valid.
    _limits = {}

    key = fields.Char(required=True, export_string_translation=False)
    minute = fields.Datetime(required=True, export_string_translation=False)
    count = fields.Integer(required=True, export_string_translation=False)

    @api.model
    def _count(self, kind, name):
        """Count a request, in a transaction of its own: it counts also where the request fails.

        :param kind: one of ``_limits``
        :return: whether it is within the limit
        """
        minute = fields.Datetime.now().replace(second=0, microsecond=0)
        table = SQL.identifier(self._table)
        with self.env.registry.cursor() as cr:
            [(count,)] = self.env(cr=cr).execute_query(SQL(
                "INSERT INTO %s AS hit (key, minute, count) VALUES (%s, %s, 1) "
                "ON CONFLICT (key, minute) DO UPDATE SET count = hit.count + 1 RETURNING count",
                table, f"{kind}:{name}", minute))
        return count <= self._limits[kind]

    @api.model
    def _is_within(self, kind, name):
        """Whether the present minute still has room, without counting."""
        minute = fields.Datetime.now().replace(second=0, microsecond=0)
        rows = self.env.execute_query(SQL(
            "SELECT count FROM %s WHERE key = %s AND minute = %s",
            SQL.identifier(self._table), f"{kind}:{name}", minute))
        return not rows or rows[0][0] <= self._limits[kind]

    @api.autovacuum
    def _gc_hits(self):
        if not self._abstract:
            self.env.execute_query(SQL(
                "DELETE FROM %s WHERE minute < %s RETURNING 1", SQL.identifier(self._table),
                fields.Datetime.now() - timedelta(hours=1)))
