from . import contact_sheet
from . import contact_sheet_flow
from . import contact_sheet_return
from . import contact_sheet_mixin
from . import res_company
from . import res_config_settings
