from . import project_task
from . import purchase_order
from . import purchase_order_line
