from . import order_indicator_value
