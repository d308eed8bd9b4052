from . import test_visit
from . import test_report
from . import test_parts
from . import test_device
from . import test_access
