from odoo.tests import tagged

from odoo.addons.document_control.tests.hoot import HootCase


@tagged("post_install", "-at_install")
class TestBoardUi(HootCase):
    hoot_addon = "order_indicator"

    def test_hoot_board_passes(self):
        """RPT-2: cards, their words, their small line, breakdowns and records, in Hoot on a desktop."""
        self._run_hoot("desktop")
