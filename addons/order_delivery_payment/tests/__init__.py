from . import test_delivery_payment
