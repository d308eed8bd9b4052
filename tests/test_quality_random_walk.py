from odoo.tests import TransactionCase

from quality_balance import imbalances
from quality_walk import Walk

STEPS = 100


class TestQualityRandomWalk(TransactionCase):
    """Whatever is done in whatever order, each unit has one document, and the documents agree with the stock.

    ``make bench ONLY=quality_walk`` goes thousands of steps. A walk that found something says its seed:
    ``Walk(env, seed).run(steps)`` goes it again.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Walk.hire(cls.env)

    def walk(self, seed):
        walk = Walk(self.env, seed).run(STEPS)
        self.assertGreater(walk.did.total(), STEPS // 2, f"too little was done to prove anything: {walk.refused}")
        return walk

    def test_walk_1(self):
        """REC-6, REC-7, REC-8, NCR-4: each unit is accepted, conceded, returned, scrapped, out or held, once."""
        self.walk(1)

    def test_walk_2(self):
        """REC-6, REC-7, REC-8, NCR-4: as above, on other ways."""
        self.walk(2)

    def test_walk_3(self):
        """REC-6, REC-7, REC-8, NCR-4: as above, on other ways."""
        self.walk(3)

    def test_balance_sees_what_does_not_add_up(self):
        """REC-7, NCR-4: the balance names a unit too many, of a document and of the stock."""
        walk = Walk(self.env, 4)
        while not walk.inspections("pending"):
            walk.step("do_receive")
        self.assertFalse(imbalances(self.env, walk.products))
        inspection = walk.inspections("pending")[:1]
        inspection.quantity += 1
        self.assertIn(f"{inspection.name}: lot of", " ".join(imbalances(self.env, walk.products)))
        inspection.quantity -= 1
        self.env["stock.quant"]._update_available_quantity(
            inspection.product_id, walk.hold, 1, lot_id=inspection.held_lot_ids[:1])
        self.assertIn("stand in the area", " ".join(imbalances(self.env, walk.products)))

    def test_balance_knows_what_is_recalled(self):
        """REC-8: goods that come back by a recall did not come in a second time."""
        walk = Walk(self.env, 5)
        for turn in range(60):
            walk.step(("do_receive", "do_release_urgently", "do_recall")[turn % 3])
        self.assertTrue(self.env["quality.urgent.release"].search([
            ("product_id", "in", walk.products.ids), ("quantity_recalled", ">", 0)]))
        self.assertFalse(imbalances(self.env, walk.products))
