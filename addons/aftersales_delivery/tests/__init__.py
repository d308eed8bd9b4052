from . import test_aftersales_delivery
