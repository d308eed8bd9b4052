from . import test_scan_quality
from . import test_scan_gate
