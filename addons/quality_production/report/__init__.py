from . import report_test_report
