"""What moves from one addon of the suite to another keeps what the users made of it."""
from odoo.tools import SQL

KEPT = "document_control.kept"


def take_over(env, giver, taker, patterns):
    """Take records along into an addon that is cut out of another one; to be called by its ``pre_init_hook``.

    Their external ids change their addon before anything of the new one is loaded. Else Odoo would make a second
    policy beside the first, and delete at the end of the upgrade what the former addon no longer names. Records that
    updates leave alone (``noupdate``) are left alone by this installation too: see :func:`is_kept`.

    :param patterns: regular expressions (PostgreSQL) of the external ids, without their addon
    """
    moved = env.execute_query(SQL(
        "UPDATE ir_model_data SET module = %s WHERE module = %s AND name ~ ANY(%s) "
        "RETURNING model, res_id, noupdate", taker, giver, list(patterns)))
    keep(env, moved)
    for table in ("ir_model_constraint", "ir_model_relation"):
        env.execute_query(SQL(
            "UPDATE %s SET module = new.id FROM ir_module_module new, ir_module_module old "
            "WHERE new.name = %s AND old.name = %s AND %s.module = old.id AND %s.name ~ ANY(%s) RETURNING 1",
            SQL.identifier(table), taker, giver, SQL.identifier(table), SQL.identifier(table), list(patterns)))
    env.invalidate_all()
    env.registry.clear_cache()  # external ids are cached


def keep(env, moved):
    """Leave the records that updates leave alone to what their users made of them, during this installation too.

    :param moved: tuples (model, id, noupdate) of what has been taken over
    """
    env.cr.precommit.data.setdefault(KEPT, set()).update(
        (model, res_id) for model, res_id, noupdate in moved if noupdate)


def is_kept(record):
    """Whether the record was taken over in this transaction and is not written by the data files of its new addon."""
    return (record._name, record.id) in record.env.cr.precommit.data.get(KEPT, ())
