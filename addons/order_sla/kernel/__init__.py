from . import layout, limits, worktime
