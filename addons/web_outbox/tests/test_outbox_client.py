from odoo.tests import HttpCase, tagged

from .hoot import run_hoot


@tagged("post_install", "-at_install")
class TestOutboxClient(HttpCase):
    def test_hoot_passes(self):
        """AFT-3, SCN-3: kept without network, sent once and in order, never in another's name, in Hoot."""
        run_hoot(self, "web_outbox")
