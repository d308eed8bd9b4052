from . import order_change_mrp
