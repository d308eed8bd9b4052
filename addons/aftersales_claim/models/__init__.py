from . import delivery_claim
from . import service_request
