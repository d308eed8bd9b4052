from . import portal
from . import visit_page
