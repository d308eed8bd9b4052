from . import document_release
from . import order_change
from . import sale_order
from . import service_request
from . import stock_lot
