from . import quality_inspection_assign
from . import quality_inspection_missing
from . import quality_inspection_split
from . import quality_urgent_release_request
from . import quality_expected_return
from . import quality_gate_count
from . import quality_reason
from . import quality_task_done
