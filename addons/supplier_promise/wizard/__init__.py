from . import supplier_link_show
from . import supplier_promise_entry
