from odoo.tests import HttpCase, tagged


def _hoot_id(name):
    """The id that Hoot gives a suite: a 32-bit rolling hash of its full name."""
    number = 0
    for char in name:
        number = ((number << 5) - number + ord(char)) & 0xFFFFFFFF
    return f"{number:08x}"


@tagged("post_install", "-at_install")
class TestUi(HttpCase):
    def _run_hoot(self, preset):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset={preset}&timeout=15000&id={_hoot_id('@order_sla')}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )

    def test_hoot_desktop_passes(self):
        """SLA-2: the widget's arithmetic, the ticking field and the systray, in Hoot on a desktop."""
        self._run_hoot("desktop")
