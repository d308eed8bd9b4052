from . import test_payment_access
from . import test_payment_events
from . import test_payment_invoice
from . import test_payment_kernel
from . import test_payment_plan
from . import test_payment_reminder
from . import test_payment_revision
