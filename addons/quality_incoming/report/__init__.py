from . import quality_rfq_comparison
from . import quality_supplier_score
