from . import day_files, layout, limits, notice, official_days, pauses, worktime
