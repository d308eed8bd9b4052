from . import service_contact_entry
from . import service_commissioning
