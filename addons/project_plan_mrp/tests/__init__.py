from . import test_project_plan_mrp
from . import test_workcenter_load
