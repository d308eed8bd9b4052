from . import quality_production_remark
