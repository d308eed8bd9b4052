from . import switchgear_demo
from . import switchgear_calendar
from . import switchgear_quality
from . import switchgear_production
from . import switchgear_supplies
