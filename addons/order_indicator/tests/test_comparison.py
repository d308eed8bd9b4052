from odoo.tests import BaseCase

from ..kernel.comparison import change, contributions, meets, weight


class TestComparison(BaseCase):
    def test_change_is_judged_by_the_direction(self):
        """EVA-2: more of what should be low is worse; without a direction it has only changed."""
        for value, former, better, wanted in (
                (90.0, 80.0, "higher", (12.5, "better")), (90.0, 80.0, "lower", (12.5, "worse")),
                (90.0, 80.0, "neither", (12.5, "changed")), (80.0, 80.0, "lower", (0.0, "same")),
                (5.0, 0.0, "higher", (None, "better")), (0.0, 0.0, "higher", (0.0, "same")),
                (None, 80.0, "higher", (None, "none")), (80.0, None, "higher", (None, "none"))):
            with self.subTest(value=value, former=former, better=better):
                self.assertEqual(change(value, former, better), wanted)
        self.assertEqual(change(90.0, 80.0, "higher", relative=False), (10.0, "better"))

    def test_target_is_met_from_its_side(self):
        """EVA-2: at least where higher is better, at most where lower is."""
        self.assertTrue(meets(95, 95, "higher"))
        self.assertFalse(meets(94, 95, "higher"))
        self.assertTrue(meets(3, 5, "lower"))
        self.assertIsNone(meets(None, 5, "lower"))
        self.assertIsNone(meets(3, None, "lower"))
        self.assertIsNone(meets(3, 5, "neither"))

    def test_missed_target_weighs_more_than_any_move(self):
        """RPT-2: what misses its target is told first, then what moved most."""
        missed, moved, still = (
            weight(94, 94, 95, "higher"), weight(1000, 1, None, "higher"), weight(5, 5, 4, "higher"))
        self.assertGreater(missed, moved)
        self.assertGreater(moved, still)
        self.assertEqual(still, 0)
        self.assertEqual(weight(None, 5, 4, "higher"), 0)

    def test_contributions_name_who_brings_the_misses(self):
        """RPT-2: of a share by records that missed, of a sum by what it changed, of an average by its part."""
        shares = {"design": (50.0, 10, 5), "store": (0.0, 2, 0), "quality": (100.0, 40, 40)}
        self.assertEqual(contributions(shares, {}, "ratio", "higher"), [(5, "design"), (2, "store")])
        self.assertEqual(
            contributions({"A": (5, 5, 0), "B": (9, 9, 0)}, {"B": (8, 8, 0)}, "count", "lower"), [(5, "A"), (1, "B")])
        self.assertEqual(contributions({}, {"A": (4, 4, 0)}, "sum", "lower"), [(4, "A")])
        slow = contributions({"A": (10.0, 1, 0), "B": (4.0, 9, 0)}, {}, "average", "lower")
        self.assertEqual([group for _part, group in slow], ["A"])
