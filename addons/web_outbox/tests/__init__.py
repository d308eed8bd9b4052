from . import test_entry
from . import test_outbox_client
