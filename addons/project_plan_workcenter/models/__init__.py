from . import mrp_production
from . import mrp_workcenter
from . import mrp_workorder
from . import project_plan_load
from . import project_project
from . import resource_calendar_leaves
