from odoo.tests import tagged

from odoo.addons.document_control.tests.hoot import HootCase


@tagged("post_install", "-at_install")
class TestChartsUi(HootCase):
    hoot_addon = "quality_spc"

    def test_hoot_charts_pass(self):
        """REC-4: charts, their filters and their points, in Hoot on a desktop."""
        self._run_hoot("desktop")
