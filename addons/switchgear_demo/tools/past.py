"""A thread that lives at another moment, for stories of the past."""
import threading
from contextlib import contextmanager
from unittest.mock import patch

from odoo import fields


@contextmanager
def living_at(cr, moment):
    """Let this thread, and the cursor's records, take ``moment`` (naive UTC) for now.

    Other threads of the server keep the real time.
    """
    thread, real = threading.get_ident(), fields.Datetime.now

    def now(*_arguments):
        return moment if threading.get_ident() == thread else real()

    with patch.object(fields.Datetime, "now", staticmethod(now)), patch.object(cr, "_now", moment):
        yield
