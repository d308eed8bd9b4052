from . import test_delivery_change
