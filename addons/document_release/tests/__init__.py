from . import test_document_release
from . import test_document_release_access
from . import test_document_release_clock
from . import test_revision
