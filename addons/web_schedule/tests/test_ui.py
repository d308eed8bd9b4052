from odoo.tests import HttpCase, tagged


def _hoot_id(name):
    """The id that Hoot gives a suite: a 32-bit rolling hash of its full name."""
    number = 0
    for char in name:
        number = ((number << 5) - number + ord(char)) & 0xFFFFFFFF
    return f"{number:08x}"


class HootCase(HttpCase):
    def _run_hoot(self, preset):
        """Run this addon's Hoot suite in the browser; a failed test of it fails the caller."""
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset={preset}&timeout=15000&id={_hoot_id('@web_schedule')}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )


@tagged("post_install", "-at_install")
class TestUi(HootCase):
    def test_hoot_desktop_passes(self):
        """PLN-19: tree, bars, moves with their effect, undo, keyboard, print and Excel, in Hoot on a desktop."""
        self._run_hoot("desktop")


@tagged("post_install", "-at_install")
class TestUiOnPhone(HootCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_hoot_phone_passes(self):
        """PLN-19: the same items as a list by day, in Hoot on a phone."""
        self._run_hoot("mobile")
