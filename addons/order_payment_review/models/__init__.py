from . import order_payment_line
from . import order_review
from . import production_instruction
from . import sale_order
