from . import test_kernel_pegging
from . import test_pegging
from . import test_pegging_places
from . import test_pegging_random
from . import test_pegging_refresh
from . import test_pegging_served
