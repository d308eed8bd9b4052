from . import scan_code
from . import scan_label
from . import scan_message
from . import scan_flow_look_up
from . import scan_flow_kit_check
from . import scan_flow_shortage
