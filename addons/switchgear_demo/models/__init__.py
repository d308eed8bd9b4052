from . import switchgear_demo
