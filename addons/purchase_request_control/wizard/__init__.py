from . import purchase_request_line_make_purchase_order
from . import purchase_request_remark
