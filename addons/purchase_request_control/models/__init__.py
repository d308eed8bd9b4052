from . import purchase_request_control
