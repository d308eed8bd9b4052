from . import order_indicator
from . import res_company
from . import res_config_settings
