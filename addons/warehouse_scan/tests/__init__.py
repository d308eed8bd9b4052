from . import test_code_reader
from . import test_scan_client
from . import test_scan_code
from . import test_scan_transfer
from . import test_scan_questions
from . import test_scan_replay
from . import test_scan_stock
