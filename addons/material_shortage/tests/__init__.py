from . import test_check
from . import test_kit_board
from . import test_measure
from . import test_requisition_planner
from . import test_shortage_engine
from . import test_shortage_report
from . import test_swap
