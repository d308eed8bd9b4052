from . import test_document_control
