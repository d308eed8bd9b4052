from . import test_base_reading
from . import test_document_cached
from . import test_document_control
from . import test_handover
from . import test_uninstall
