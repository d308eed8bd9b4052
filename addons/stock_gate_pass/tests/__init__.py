from . import common
from . import test_gate_expected
from . import test_gate_pass
from . import test_gate_transfer
from . import test_ui
from . import test_upgrade_hook
