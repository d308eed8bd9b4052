from . import test_delivery_inspection
