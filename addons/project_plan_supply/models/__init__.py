from . import document_release
from . import project_project
from . import purchase_order_line
