from . import quality_reason
