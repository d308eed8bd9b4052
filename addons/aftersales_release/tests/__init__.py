from . import test_aftersales_release
