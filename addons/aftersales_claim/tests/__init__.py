from . import test_aftersales_claim
