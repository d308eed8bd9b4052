from . import test_scan_client
