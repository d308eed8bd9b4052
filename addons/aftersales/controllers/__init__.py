from . import cabinet_page
from . import portal
