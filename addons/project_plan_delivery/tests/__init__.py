from . import test_project_plan_delivery
