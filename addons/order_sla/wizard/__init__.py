from . import order_setup_check
