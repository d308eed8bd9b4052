from . import document_release_kind
from . import document_release
from . import document_release_flow
from . import document_release_receiver
from . import document_release_mixin
