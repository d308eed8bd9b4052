from . import test_order_sla_document
from . import test_order_sla_line
from . import test_order_sla_plain
