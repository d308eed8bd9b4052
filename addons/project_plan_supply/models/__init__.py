from . import document_release
from . import project_project
