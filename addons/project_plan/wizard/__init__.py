from . import project_plan_import
from . import project_plan_import_calendar
from . import project_plan_release
