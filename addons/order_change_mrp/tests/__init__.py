from . import test_cancel
from . import test_component
from . import test_fall
from . import test_impact
from . import test_workshop
