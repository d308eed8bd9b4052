from . import order_review, sale_order
