from odoo.tests import BaseCase

from ..kernel.forecast import ENOUGH, LONGER, expected


class TestForecast(BaseCase):
    def test_median_of_those_that_took_longer(self):
        """SLA-3: a step that has taken 4 hours will take what half of those took that took longer than 4."""
        hours = list(range(1, 13))
        self.assertEqual(expected(hours, 0), (6, 12))
        self.assertEqual(expected(hours, 4), (8, 8))
        self.assertEqual(expected(hours, 5), (9, 7))

    def test_nothing_is_foretold_from_a_handful(self):
        """SLA-3: too few former steps, or too few that took longer: no forecast, no promise."""
        self.assertIsNone(expected([], 0))
        self.assertIsNone(expected(list(range(ENOUGH - 1)), 0))
        hours = list(range(1, 13))
        self.assertEqual(expected(hours, 12 - LONGER)[1], LONGER)
        self.assertIsNone(expected(hours, 13 - LONGER))
        self.assertIsNone(expected(hours, 99))
