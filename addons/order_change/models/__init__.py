from . import order_change
