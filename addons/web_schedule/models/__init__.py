from . import base
from . import base_link
from . import ir_actions_act_window_view
from . import ir_ui_view
