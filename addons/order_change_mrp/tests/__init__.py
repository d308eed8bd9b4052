from . import test_component
from . import test_fall
from . import test_impact
