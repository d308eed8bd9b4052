from . import test_sla_engine
