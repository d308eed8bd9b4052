"""The demo company many times over: every document with its lines, clocks and to-dos, copied by SQL.

Rows of one copy keep their relations among each other and point to the same master data. A copy is moved in time by
some days, so that the copies lie beside each other as the orders of some years do.
"""
import re

from odoo.tools import SQL

#: Documents of Odoo's that grow with the orders; those of the suite are found by their number.
CORE = ("sale.order", "purchase.order", "mrp.production", "mrp.workorder", "repair.order", "stock.picking",
        "stock.move", "stock.move.line", "stock.lot", "project.project", "project.task", "mail.activity",
        "mail.followers")
OWN = ("sla.clock", "material.peg.row")
#: Kept as they are: numbers are given once, and chatter is read with one document only.
FIXED = ("account.payment", "stock.package", "mrp.unbuild", "stock.scrap", "mail.message", "ir.attachment")
#: Whose lists of other records are read when a message is sent, not when a page is opened.
FOLLOWED = ("mail.followers",)
#: The copies lie in so many days, most of them behind us; a prime, so that no two copies fall on one day.
DAYS, AHEAD = 997, 150


class Growth:
    """Copies of what is in a database.

    :param env: an environment of the superuser; the database must be one that nobody needs any more
    :param roots: names of the models whose rows are copied with what hangs on them, all documents by default
    """

    def __init__(self, env, roots=None):
        self.env, self.cr = env, env.cr
        self.numbered = set(env["ir.sequence"].search([]).mapped("code"))
        self.models = self._growing(roots or (*self.numbered, *CORE, *OWN))
        self.names = {model._name for model in self.models}
        self.stride = max(self._last(model) for model in self.models) + 1
        self.copies = 0

    def _growing(self, roots):
        """Models whose rows are copied: the roots, and what is deleted with one of them."""
        registry = self.env.registry
        found = {name for name in roots if name in registry and name not in FIXED}
        stored = [model for model in registry.values()
                  if model._auto and not model._abstract and not model._transient and not model._table_query]
        before = 0
        while before != len(found):
            before = len(found)
            found |= {model._name for model in stored if model._name not in FIXED for field in model._fields.values()
                      if field.type == "many2one" and field.store and field.comodel_name in found
                      and field.ondelete == "cascade"}
        return [self.env[name] for name in sorted(found) if registry[name]._auto]

    def _last(self, model):
        self.cr.execute(SQL("SELECT coalesce(max(id), 0) FROM %s", SQL.identifier(model._table)))
        return self.cr.fetchone()[0]

    def grow(self, copies):
        """Have so many copies in all, the first being what was there; return the number of rows added."""
        if copies <= self.copies + 1:
            return 0
        first, self.copies, added = self.copies + 1, copies - 1, 0
        # What the rows refer to is copied with them: nothing is to be checked, and nothing starts by itself.
        self.cr.execute("SET LOCAL session_replication_role = replica")
        for model in self.models:
            added += self._copy(model, first)
        for table, (columns, growing) in self._relations().items():
            added += self._insert(table, columns, first, growing)
        self.cr.execute("SET LOCAL session_replication_role = origin")
        self.env.invalidate_all()
        self.cr.commit()
        self.cr.execute("ANALYZE")
        self.cr.commit()
        return added

    def _copy(self, model, first):
        columns = {"id": self._moved("id")}
        for name, field in model._fields.items():
            if field.store and field.column_type and name != "id":
                columns[name] = self._value(field)
        self._keep_unique(model, columns)
        added = self._insert(model._table, columns, first, ["id"])
        self.cr.execute(SQL("SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM %s))",
                            model._table, SQL.identifier(model._table)))
        return added

    def _value(self, field):
        """SQL of a column's value in copy ``n``."""
        column = SQL.identifier(field.name)
        if field.type == "many2one" and field.comodel_name in self.names:
            return self._moved(field.name)
        if field.type == "many2one_reference":
            return SQL("CASE WHEN %s IN %s THEN %s ELSE %s END", SQL.identifier(field.model_field), tuple(self.names),
                       self._moved(field.name), column)
        if field.type == "reference":
            return SQL("CASE WHEN split_part(%(c)s, ',', 1) IN %(names)s THEN split_part(%(c)s, ',', 1) || ',' || "
                       "(split_part(%(c)s, ',', 2)::int + n * %(stride)s) ELSE %(c)s END",
                       c=column, names=tuple(self.names), stride=self.stride)
        if field.type in ("date", "datetime") and field.name not in ("create_date", "write_date"):
            return SQL("(%s + ((n * 37) %% %s - %s) * interval '1 day')::%s", column, DAYS, DAYS - AHEAD,
                       SQL("date" if field.type == "date" else "timestamp"))
        return column

    def _moved(self, name):
        return SQL("%s + n * %s", SQL.identifier(name), self.stride)

    def _keep_unique(self, model, columns):
        """Make what must be unique so: a text gets the number of the copy, a link to what is not copied is left out."""
        moved = {name for name in columns if self._is_moved(model, name)}
        self.cr.execute(SQL("""
            SELECT pg_get_indexdef(indexrelid) FROM pg_index
            WHERE indrelid = %s::regclass AND indisunique AND NOT indisprimary""", model._table))
        texts = {"name"} if model._name in self.numbered else set()
        for definition, in self.cr.fetchall():
            names = re.findall(r"\w+", definition.partition(" USING ")[2].partition(" WHERE ")[0])
            if not moved.intersection(names):
                kinds = {name: model._fields[name].type for name in names if name in columns}
                texts |= {name for name, kind in kinds.items() if kind in ("char", "text")}
                links = [name for name, kind in kinds.items()
                         if kind == "many2one" and not model._fields[name].required]
                columns |= {} if texts.intersection(names) else dict.fromkeys(links[:1], SQL("NULL::int"))
        for name in texts & columns.keys():
            columns[name] = SQL("%s || '-' || n", SQL.identifier(name))

    def _is_moved(self, model, name):
        field = model._fields[name]
        return name == "id" or field.type == "many2one_reference" or (
            field.type == "many2one" and field.comodel_name in self.names)

    def _relations(self):
        """Tables of many2many fields with at least one growing side: ``{table: ({column: SQL}, growing columns)}``."""
        found, tables = {}, {model._table for model in self.env.registry.values()}
        for model in self.env.registry.values():
            for field in model._fields.values():
                if field.type != "many2many" or not field.store or model._abstract or model._transient \
                        or field.relation in tables or model._name in FOLLOWED:
                    continue
                sides = {field.column1: model._name, field.column2: field.comodel_name}
                growing = [column for column, side in sides.items() if side in self.names]
                if growing:
                    found[field.relation] = {
                        column: self._moved(column) if column in growing else SQL.identifier(column)
                        for column in sides}, growing
        return found

    def _insert(self, table, columns, first, growing):
        """Copies of the first rows of a table; one that meets a row that is there (one a day, say) is left out."""
        self.cr.execute(SQL(
            "INSERT INTO %(table)s (%(names)s) SELECT %(values)s "
            "FROM %(table)s, generate_series(%(first)s, %(last)s) n WHERE %(where)s ON CONFLICT DO NOTHING",
            table=SQL.identifier(table), names=SQL(", ").join(map(SQL.identifier, columns)),
            values=SQL(", ").join(columns.values()), first=first, last=self.copies,
            where=SQL(" AND ").join(SQL("%s < %s", SQL.identifier(column), self.stride) for column in growing)))
        return self.cr.rowcount
