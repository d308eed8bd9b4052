from . import res_users
from . import sla_robot
from . import sla_robot_message
from . import sla_robot_message_send
from . import sla_policy_step
