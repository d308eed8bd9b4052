from . import test_schedule_item
from . import test_schedule_link
