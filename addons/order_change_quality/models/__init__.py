from . import order_change
from . import quality_inspection
