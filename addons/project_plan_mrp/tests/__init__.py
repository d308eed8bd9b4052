from . import test_project_plan_mrp
