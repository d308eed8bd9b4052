from odoo.tests import tagged

from odoo.addons.document_control.tests.hoot import HootCase


@tagged("post_install", "-at_install")
class TestUi(HootCase):
    hoot_addon = "quality_production"

    def test_hoot_desktop_passes(self):
        """FQC-1, FQC-2, MAT-10, NCR-3, REC-9: the process card and the serial passport, in Hoot on a desktop."""
        self._run_hoot("desktop")


@tagged("post_install", "-at_install")
class TestUiOnPhone(HootCase):
    hoot_addon = "quality_production"
    browser_size = "390x844"
    touch_enabled = True

    def test_hoot_phone_passes(self):
        """FQC-1, FQC-2, MAT-10, NCR-3, REC-9: the same on a touch screen."""
        self._run_hoot("mobile")
