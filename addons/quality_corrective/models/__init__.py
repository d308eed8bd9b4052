from . import quality_corrective_action
from . import quality_corrective_action_flow
from . import quality_corrective_task
from . import quality_nonconformity
