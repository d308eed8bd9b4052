from . import product_template
from . import production_instruction
from . import project_plan_objection
from . import project_plan_template
from . import project_project
from . import sale_order
