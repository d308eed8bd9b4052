from . import material_shortage_act
from . import material_shortage_answer
from . import material_shortage_report
from . import purchase_request_remark
