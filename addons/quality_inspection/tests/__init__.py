from . import test_control_chart
