from . import test_scan_mrp
