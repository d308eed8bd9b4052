from . import order_contract_register
from . import order_review_approve
from . import order_review_conclude
from . import order_review_customer
from . import order_review_handback
from . import order_review_override
from . import order_review_setup
from . import portal_share
