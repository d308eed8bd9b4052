from . import order_payment_happened
from . import order_payment_revise
from . import order_payment_revise_line
