"""An environment of a database that has Odoo's own modules only, to compare with."""
import contextlib
import os
import uuid

import odoo
from odoo.modules.registry import Registry

import database


@contextlib.contextmanager
def without_suite(user_id):
    """The administrator's environment in a database without the suite; nothing of it stays."""
    scratch = f"bench_{uuid.uuid4().hex[:8]}"
    with open(os.devnull, "w") as quiet, contextlib.redirect_stdout(quiet):
        database.clone(database.base_template(), scratch)
    try:
        with Registry(scratch).cursor() as cr:
            yield odoo.api.Environment(cr, user_id, {})
            cr.rollback()
    finally:
        Registry.registries.pop(scratch, None)
        odoo.sql_db.close_db(scratch)
        database.drop(scratch)
