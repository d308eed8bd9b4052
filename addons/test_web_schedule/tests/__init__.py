from . import test_schedule_arch
from . import test_schedule_browser
from . import test_schedule_move
from . import test_schedule_read
