from . import quality_inspection
