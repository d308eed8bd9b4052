from . import delivery_notice
from . import sale_order
