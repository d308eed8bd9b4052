"""Rows in bulk: the ORM inserts a hundred at a time, a clock per record must not cost a query per hundred."""
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


def _column(kind, value):
    """The engine's values are clean: only what is empty and what is structured needs another shape."""
    if value is None or (value is False and kind != "boolean"):
        return None
    return Json(value) if kind == "json" else value
