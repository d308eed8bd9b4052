from . import project_plan_release
