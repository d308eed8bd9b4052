from . import mrp_production
from . import order_change
from . import order_change_line
from . import purchase_order_line
from . import purchase_request_line
from . import stock_move
