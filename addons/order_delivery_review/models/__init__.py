from . import delivery_notice
from . import res_company
from . import res_config_settings
