from . import delivery_ledger
from . import delivery_punctuality
