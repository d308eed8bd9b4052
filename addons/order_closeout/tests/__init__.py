from . import test_order_closeout
