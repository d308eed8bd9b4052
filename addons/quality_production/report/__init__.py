from . import report_passport
from . import report_test_report
