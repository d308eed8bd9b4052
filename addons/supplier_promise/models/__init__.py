from . import supplier_promise
