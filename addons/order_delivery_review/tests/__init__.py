from . import test_delivery_contract
