from . import common
from . import test_control_chart
from . import test_inspection_verdict
from . import test_quality_hold
from . import test_sampling_series
from . import test_inspection_flow
from . import test_urgent_release
from . import test_ui
