from . import test_project_plan_stock
from . import test_plan_unshipped
