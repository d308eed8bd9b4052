from . import delivery_notice
from . import scan_code
from . import scan_label
from . import scan_message
from . import scan_flow_load
