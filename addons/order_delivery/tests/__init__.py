from . import test_order_delivery
