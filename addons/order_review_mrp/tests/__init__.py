from . import test_feasible, test_kernel_feasible, test_review_facts
