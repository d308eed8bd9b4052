from . import limits, worktime
