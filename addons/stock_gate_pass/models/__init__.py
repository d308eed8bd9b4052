from . import ir_http
from . import res_users
from . import stock_gate_pass
from . import stock_gate_pass_scan
from . import stock_gate_pass_line
from . import stock_picking
