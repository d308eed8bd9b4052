from . import test_contact_sheet
from . import test_contact_sheet_access
from . import test_contact_sheet_clock
