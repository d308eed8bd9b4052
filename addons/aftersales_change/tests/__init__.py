from . import test_aftersales_change
