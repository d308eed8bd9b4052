from . import order_review_mrp
