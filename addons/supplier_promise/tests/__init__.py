from . import test_supplier_promise
