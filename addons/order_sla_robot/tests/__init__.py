from . import test_robots_kernel
from . import test_sla_robot
from . import test_sla_robot_send
