from . import web_outbox_entry
