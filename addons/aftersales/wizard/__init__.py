from . import service_contact_entry
from . import service_commissioning
from . import stock_return_picking
from . import service_request_merge
