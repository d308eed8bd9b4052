from . import test_group_digest
