from . import test_document_control_paper
from . import test_document_control_paper_extension
from . import test_document_control_rate
