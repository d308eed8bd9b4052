from . import delivery_notice
from . import service_desk
