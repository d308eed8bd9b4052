from . import test_kernel_warranty
from . import test_request
from . import test_clocks
from . import test_mail
from . import test_page
from . import test_portal
from . import test_warranty
from . import test_access
