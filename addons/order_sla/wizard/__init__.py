from . import order_setup_check
from . import resource_calendar_official_load
