from . import test_control_chart
from . import test_handover
from . import test_ui
