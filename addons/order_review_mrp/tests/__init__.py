from . import test_feasible, test_kernel_feasible
