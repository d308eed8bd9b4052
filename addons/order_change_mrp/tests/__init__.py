from . import test_order_change_mrp
