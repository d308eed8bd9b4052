from . import plan_file
