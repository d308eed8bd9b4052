from . import mrp_production
from . import mrp_workorder
from . import project_task
