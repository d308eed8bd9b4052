from . import layout, limits, pauses, worktime
