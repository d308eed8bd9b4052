"""Rows in bulk: the ORM inserts a hundred at a time, a clock per record must not cost a query per hundred."""
from types import SimpleNamespace

from psycopg2.extras import Json

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
    kinds = [model._fields[name].type for name in names]
    rows = [
        tuple(_column(kind, vals.get(name)) for name, kind in zip(names, kinds, strict=False))
        for vals in (log | vals for vals in vals_list)
    ]
    return model.env.execute_query(SQL(
        "INSERT INTO %s (%s) VALUES %s ON CONFLICT DO NOTHING RETURNING %s",
        SQL.identifier(model._table),
        SQL(", ").join(map(SQL.identifier, names)),
        SQL(", ").join(rows),
        SQL(", ").join(map(SQL.identifier, returning)),
    ))


def snapshots(records, names):
    """The records' columns as they are in memory, for many records: reading field by field costs ten times as much.

    :return: ``{record id: SimpleNamespace}``, with ids for many2one, False for what is empty
    """
    columns = [records._fields[name] for name in names]
    if any(any(True for _id in field._cache_missing_ids(records)) for field in columns):
        records.fetch()
    caches = [(name, field._get_cache(records.env)) for name, field in zip(names, columns, strict=True)]
    return {
        id_: SimpleNamespace(**{
            name: False if (value := cache.get(id_)) is None else value for name, cache in caches})
        for id_ in records._ids}


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
        records = model.concat(*(record for record, _values in changed))
        records.flush_recordset([*names, "write_date", "write_uid"])
        columns = [model._fields[name] for name in names]
        rows = [
            (record.id, *(_column(field.type, values[field.name]) for field in columns)) for record, values in changed]
        model.env.execute_query(SQL(
            "UPDATE %(table)s SET %(sets)s, write_date = %(now)s, write_uid = %(uid)s "
            "FROM (VALUES %(rows)s) AS new (id, %(names)s) WHERE %(table)s.id = new.id RETURNING 1",
            table=SQL.identifier(model._table),
            sets=SQL(", ").join(
                SQL("%s = new.%s::%s", SQL.identifier(field.name), SQL.identifier(field.name),
                    SQL.identifier(field.column_type[0]))
                for field in columns),
            rows=SQL(", ").join(rows), names=SQL(", ").join(map(SQL.identifier, names)),
            now=now, uid=model.env.uid))
        records.invalidate_recordset(["write_date", "write_uid"], flush=False)
        for record, values in changed:
            for field in columns:
                field._update_cache(record, field.convert_to_cache(values[field.name], record, validate=False))


def _column(kind, value):
    """The engine's values are clean: only what is empty and what is structured needs another shape."""
    if value is None or (value is False and kind != "boolean"):
        return None
    return Json(value) if kind == "json" else value
