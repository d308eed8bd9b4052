from . import quality_inspection_assign
from . import quality_inspection_missing
from . import quality_inspection_split
from . import quality_urgent_release_request
