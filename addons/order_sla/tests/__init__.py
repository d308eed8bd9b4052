from . import test_calendar_ends
from . import test_limits
from . import test_official_days
from . import test_official_load
from . import test_resource_calendar
from . import test_ui
from . import test_worktime
from . import test_worktime_slow
