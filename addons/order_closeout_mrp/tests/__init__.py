from . import test_closeout_mrp
