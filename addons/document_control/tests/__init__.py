from . import test_binder, test_export
