from . import order_feasible, order_feasible_line
