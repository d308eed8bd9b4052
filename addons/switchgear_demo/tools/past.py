"""A thread that lives at another moment, for stories of the past."""
import threading
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from odoo import fields

REAL_NOW = fields.Datetime.now


def dated_fields(registry):
    """Fields that have the present as their default: they hold the function itself."""
    if not hasattr(registry, "switchgear_demo_dated"):
        found = {id(field): field for model in registry.values() for field in model._fields.values()
                 if field.default is REAL_NOW}
        registry.switchgear_demo_dated = list(found.values())
    return registry.switchgear_demo_dated


@contextmanager
def living_at(cr, moment, registry=None):
    """Let this thread, and the cursor's records, take ``moment`` (naive UTC) for now.

    With ``registry``, the defaults of its fields, too.

    Other threads of the server keep the real time. (A library that freezes time would freeze it for all of them.)
    """
    thread = threading.get_ident()
    real_now, real_today, real_context_today = fields.Datetime.now, fields.Date.today, fields.Date.context_today

    def is_here():
        return threading.get_ident() == thread

    def now(*_arguments):
        return moment if is_here() else real_now()

    def today(*_arguments):
        return moment.date() if is_here() else real_today()

    def context_today(record, timestamp=None):
        return real_context_today(record, timestamp or (moment if is_here() else None))

    with (
        patch.object(fields.Datetime, "now", staticmethod(now)),
        patch.object(fields.Date, "today", staticmethod(today)),
        patch.object(fields.Date, "context_today", staticmethod(context_today)),
        patch.object(cr, "_now", moment),
        ExitStack() as defaults,
    ):
        for field in dated_fields(registry) if registry else ():
            defaults.enter_context(patch.object(field, "default", now))
        yield
