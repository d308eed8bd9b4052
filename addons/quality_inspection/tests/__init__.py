from . import common
from . import test_control_chart
from . import test_inspection_verdict
