from . import test_fall
