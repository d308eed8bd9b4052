from . import order_payment_revise
