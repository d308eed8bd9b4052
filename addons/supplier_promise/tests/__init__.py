from . import test_ask
from . import test_close
from . import test_confirmation
from . import test_expectation
from . import test_page
from . import test_promise
