import unittest

from odoo.tests import TransactionCase

from quality_walk import Walk

SEEDS, STEPS = (1, 2, 3), 100


class TestQualityRandomWalk(TransactionCase):
    """Whatever is done in whatever order, each unit has one document, and the documents agree with the stock."""

    def walk(self, seed):
        walk = Walk(self.env, seed).run(STEPS)
        self.assertGreater(sum(walk.did.values()), STEPS // 3, "the walk did too little to prove anything")
        return walk

    def test_walks(self):
        """REC-6, REC-7, REC-8, NCR-4: some hundred steps; `make bench ONLY=quality_walk` goes thousands."""
        for seed in SEEDS:
            with self.subTest(seed=seed), self.env.cr.savepoint():
                self.walk(seed)


if __name__ == "__main__":
    unittest.main()
