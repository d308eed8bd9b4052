from . import account_payment_register
from . import quality_delivery_note_wizard
from . import quality_payment_release
from . import quality_rfq_ask
from . import quality_rfq_choice
from . import quality_supplier_answer
