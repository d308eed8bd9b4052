from . import delivery_consent
from . import delivery_notice_say
from . import delivery_receipt
