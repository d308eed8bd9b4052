from . import document_release
from . import document_release_kind
from . import sale_order
from . import service_request
from . import stock_lot
