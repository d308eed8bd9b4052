from . import test_corrective_action
from . import test_corrective_report
from . import test_handover
