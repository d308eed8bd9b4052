from . import res_company
from . import res_config_settings
from . import delivery_notice
from . import stock_picking
from . import scan_code
from . import scan_label
from . import scan_message
from . import scan_flow_load
