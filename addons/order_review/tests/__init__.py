from . import test_review_round
