from . import delivery_notice
from . import project_plan_unshipped
from . import stock_picking
