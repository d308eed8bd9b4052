from . import test_aftersales_quality
