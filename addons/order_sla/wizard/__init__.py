from . import resource_calendar_official_load
