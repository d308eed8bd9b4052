from . import order_closeout
