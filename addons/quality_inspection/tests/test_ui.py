from odoo.tests import tagged

from odoo.addons.document_control.tests.hoot import HootCase


@tagged("post_install", "-at_install")
class TestUi(HootCase):
    hoot_addon = "quality_inspection"

    def test_hoot_desktop_passes(self):
        """REC-3, REC-4: result entry by keyboard, paste and scan, and curves, in Hoot on a desktop."""
        self._run_hoot("desktop")


@tagged("post_install", "-at_install")
class TestUiOnPhone(HootCase):
    hoot_addon = "quality_inspection"
    browser_size = "390x844"
    touch_enabled = True

    def test_hoot_phone_passes(self):
        """REC-3, REC-4: the cards of a phone, and the same on a touch screen."""
        self._run_hoot("mobile")
