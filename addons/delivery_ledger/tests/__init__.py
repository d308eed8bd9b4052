from . import test_delivery_ledger
from . import test_delivery_punctuality
