from . import material_pegging
from . import material_shortage
from . import material_special
from . import process_card
from . import process_card_missing
from . import purchase_order_line
from . import quality_hold_mixin
from . import quality_nonconformity
