from . import mrp_production
from . import purchase_order
from . import purchase_order_line
from . import sale_order
from . import stock_lot
from . import stock_move_line
from . import stock_picking
