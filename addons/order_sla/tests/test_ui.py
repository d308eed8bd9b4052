from odoo.tests import tagged

from odoo.addons.document_control.tests.hoot import HootCase


@tagged("post_install", "-at_install")
class TestUi(HootCase):
    hoot_addon = "order_sla"

    def test_hoot_desktop_passes(self):
        """SLA-2: the widget's arithmetic, the ticking field and the systray, in Hoot on a desktop."""
        self._run_hoot("desktop")


@tagged("post_install", "-at_install")
class TestUiOnPhone(HootCase):
    hoot_addon = "order_sla"
    browser_size = "390x844"
    touch_enabled = True

    def test_hoot_phone_passes(self):
        """SLA-2: the same on a phone with a touch screen."""
        self._run_hoot("mobile")
