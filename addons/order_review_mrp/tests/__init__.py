from . import test_order_review_mrp
