from odoo.tests import tagged

from odoo.addons.quality_inspection.tests.test_ui import HootCase


@tagged("post_install", "-at_install")
class TestChartsUi(HootCase):
    def test_hoot_charts_pass(self):
        """REC-4: charts, their filters and their points, in Hoot on a desktop."""
        self._run_hoot("desktop", "@quality_spc")
