from . import stock_gate_count
from . import stock_gate_settle
