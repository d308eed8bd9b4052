from . import test_access
from . import test_clocks
from . import test_gate
from . import test_notice
from . import test_page
from . import test_ship
