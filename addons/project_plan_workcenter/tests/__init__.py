from . import test_workcenter_load
