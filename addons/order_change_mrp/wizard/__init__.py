from . import order_change_cancel
