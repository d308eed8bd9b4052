from . import test_access
from . import test_comparison
from . import test_definition
from . import test_digest
from . import test_figures
from . import test_periods
from . import test_ui
