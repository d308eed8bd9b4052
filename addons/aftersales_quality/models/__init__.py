from . import quality_inspection
from . import quality_nonconformity
from . import sale_order
from . import service_request
from . import stock_lot
from . import stock_move
