from . import project_task
from . import stock_picking
