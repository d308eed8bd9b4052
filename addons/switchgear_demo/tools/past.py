"""A thread that lives at another moment, for stories of the past."""
import threading
from contextlib import contextmanager
from unittest.mock import patch

from odoo import fields


@contextmanager
def living_at(cr, moment):
    """Let this thread, and the cursor's records, take ``moment`` (naive UTC) for now.

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
    ):
        yield
