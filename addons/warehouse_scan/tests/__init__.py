from . import test_code_reader
from . import test_scan_code
from . import test_scan_transfer
from . import test_scan_questions
from . import test_scan_client
