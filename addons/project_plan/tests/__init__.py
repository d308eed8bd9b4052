from . import test_plan_schedule
from . import test_plan_calendar
