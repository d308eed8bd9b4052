from . import order_change_answer
from . import order_change_close
from . import order_change_report
