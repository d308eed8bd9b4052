from odoo.tests import tagged

from odoo.addons.document_control.tests.hoot import HootCase


@tagged("post_install", "-at_install")
class TestUi(HootCase):
    hoot_addon = "stock_gate_pass"

    def test_hoot_desktop_passes(self):
        """NCR-5: the guard's page with a scanner that types, in Hoot on a desktop."""
        self._run_hoot("desktop")


@tagged("post_install", "-at_install")
class TestUiOnPhone(HootCase):
    hoot_addon = "stock_gate_pass"
    browser_size = "390x844"
    touch_enabled = True

    def test_hoot_phone_passes(self):
        """NCR-5: the guard's page on a phone."""
        self._run_hoot("mobile")
