from . import ir_http
from . import web_outbox_entry
