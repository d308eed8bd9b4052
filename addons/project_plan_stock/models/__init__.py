from . import project_plan_unshipped
from . import project_plan_week
from . import project_project
from . import project_task
from . import stock_picking
