"""Rows in bulk: the ORM inserts a hundred at a time, a clock per record must not cost a query per hundred."""
import json
from types import SimpleNamespace

from odoo import fields
from odoo.tools import SQL


def insert_rows(model, vals_list, returning=("id",)):
    """Insert plain rows with one statement, skipping those that a unique index refuses.

    For models that only the engine writes and that have neither stored computes nor constraints in Python.

    :param model: recordset of the model, with the rights to write
    :param vals_list: values as for ``create``, columns only
    :param returning: columns to hand back of the rows that were inserted
    :return: list of tuples
    """
    if not vals_list:
        return []
    now = fields.Datetime.now()
    log = {"create_uid": model.env.uid, "write_uid": model.env.uid, "create_date": now, "write_date": now}
    names = sorted({name for vals in vals_list for name in vals} | set(log))
    rows = [log | vals for vals in vals_list]
    values, source = _as_table(model, [], {name: [row.get(name) for row in rows] for name in names})
    return model.env.execute_query(SQL(
        "INSERT INTO %s (%s) SELECT %s %s ON CONFLICT DO NOTHING RETURNING %s",
        SQL.identifier(model._table),
        SQL(", ").join(map(SQL.identifier, names)),
        SQL(", ").join(values),
        source,
        SQL(", ").join(map(SQL.identifier, returning)),
    ))


def snapshots(records, names):
    """The records' columns as they are in memory, for many records: reading field by field costs ten times as much.

    :return: ``{record id: SimpleNamespace}``, with ids for many2one, False for what is empty
    """
    columns = [records._fields[name] for name in names]
    if any(any(True for _id in field._cache_missing_ids(records)) for field in columns):
        records.fetch()
    ids, values = records._ids, []
    for field in columns:
        values.append([False if value is None else value for value in map(field._get_cache(records.env).get, ids)])
    return {id_: SimpleNamespace(**dict(zip(names, row, strict=True)))
            for id_, row in zip(ids, zip(*values, strict=True), strict=True)}


def update_rows(model, values_by_record):
    """Update plain rows, those that change in the same columns with one statement; their cache follows.

    For models as for :func:`insert_rows`, whose writing triggers nothing.

    :param model: recordset of the model, with the rights to write
    :param values_by_record: ``{record: values}``, as for ``write``, columns only
    """
    alike = {}
    for record, values in values_by_record.items():
        alike.setdefault(tuple(values), []).append((record, values))
    now = fields.Datetime.now()
    for names, changed in alike.items():
        records = model.browse(record.id for record, _values in changed)
        records.flush_recordset([*names, "write_date", "write_uid"])
        columns = {name: [values[name] for _record, values in changed] for name in names}
        values, source = _as_table(model, records.ids, columns)
        model.env.execute_query(SQL(
            "UPDATE %(table)s SET %(sets)s, write_date = %(now)s, write_uid = %(uid)s "
            "%(source)s WHERE %(table)s.id = new.id AND %(table)s.id = ANY(%(ids)s) RETURNING 1",
            table=SQL.identifier(model._table),
            sets=SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), value) for name, value in zip(names, values, strict=True)),
            # by the index: a scan of the table would look at all rows, and at what they were before, for each batch
            ids=records.ids, source=source, now=now, uid=model.env.uid))
        records.invalidate_recordset(["write_date", "write_uid"], flush=False)
        for name, column in columns.items():
            model._fields[name]._get_cache(model.env).update(
                zip(records._ids, (None if value is False and not isinstance(model._fields[name], fields.Boolean)
                                   else value for value in column), strict=True))


def _as_table(model, ids, columns):
    """Columns as a table of arrays: the driver quotes each array at once, and once what all rows have in common.

    :param ids: of the rows, where they are there already
    :param columns: ``{name: values}``
    :return: (expressions of the columns' values, SQL of the table ``new`` in which they stand)
    """
    names, arrays, values = (["id"], [SQL("%s::int4[]", ids)], []) if ids else ([], [], [])
    for name, column in columns.items():
        field = model._fields[name]
        kind, cells = SQL(field.column_type[0]), [_column(field.type, value) for value in column]
        if all(cell == cells[0] for cell in cells):
            values.append(SQL("%s::%s", cells[0], kind))
        else:
            names.append(name)
            arrays.append(SQL("%s::%s[]", cells, kind))
            values.append(SQL.identifier("new", name))
    if not arrays:  # rows that are all alike are still so many
        arrays, names = [SQL("array_fill(0, %s)", [len(next(iter(columns.values())))])], ["id"]
    return values, SQL("FROM unnest(%s) AS new (%s)", SQL(", ").join(arrays), SQL(", ").join(
        map(SQL.identifier, names)))


def _column(kind, value):
    """The engine's values are clean: only what is empty and what is structured needs another shape."""
    if value is None or (value is False and kind != "boolean"):
        return None
    return json.dumps(value) if kind == "json" else value
