from odoo.tests import HttpCase, tagged

from odoo.addons.web_outbox.tests.hoot import run_hoot


@tagged("post_install", "-at_install")
class TestScanClient(HttpCase):
    def test_hoot_passes(self):
        """SCN-1, SCN-2, SCN-3, SCN-4: the wedge is told from hands, the page draws what it is answered, and keeps what
        is scanned without network, in Hoot."""
        run_hoot(self, "warehouse_scan")
