from . import test_plan_calendar
from . import test_plan_clock
from . import test_plan_links
from . import test_plan_progress
from . import test_plan_release
from . import test_plan_schedule
from . import test_plan_timeline
