from . import switchgear_demo
from . import switchgear_calendar
from . import switchgear_quality
from . import switchgear_production
from . import switchgear_supplies
from . import switchgear_gate
from . import switchgear_bills
from . import switchgear_store
