from . import spreadsheet_dashboard
from . import spreadsheet_dashboard_blocks
