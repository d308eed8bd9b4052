from . import test_delivery_note
from . import test_notification
from . import test_receipt
from . import test_score
from . import test_settlement
from . import test_supplier_debt
from . import test_story
from . import test_reports
