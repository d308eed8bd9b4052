from odoo.tests import HttpCase, tagged


def _hoot_id(name):
    """The id that Hoot gives a suite: a 32-bit rolling hash of its full name."""
    number = 0
    for char in name:
        number = ((number << 5) - number + ord(char)) & 0xFFFFFFFF
    return f"{number:08x}"


@tagged("post_install", "-at_install")
class TestOutboxClient(HttpCase):
    def test_hoot_passes(self):
        """AFT-3, SCN-3: kept without network, sent once and in order, never in another's name, in Hoot."""
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={_hoot_id('@web_outbox')}", "", "",
            login="admin", timeout=120, success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message)
