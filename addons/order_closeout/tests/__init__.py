from . import test_evaluation
from . import test_evaluation_bad_input
from . import test_measures
from . import test_exceptions
from . import test_dossier
from . import test_dossier_print
