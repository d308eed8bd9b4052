from . import test_four_eyes
from . import test_material_run
from . import test_order_approval
from . import test_purchase_plan
from . import test_purchase_request
from . import test_reduction
from . import test_request_doors
from . import test_request_of_orders
