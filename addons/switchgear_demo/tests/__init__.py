from . import test_switchgear_demo
