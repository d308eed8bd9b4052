from odoo.tests import HttpCase


def hoot_id(name):
    """The id that Hoot gives a suite: a 32-bit rolling hash of its full name."""
    number = 0
    for char in name:
        number = ((number << 5) - number + ord(char)) & 0xFFFFFFFF
    return f"{number:08x}"


class HootCase(HttpCase):
    """Runs an addon's Hoot suite in the browser; a failed test of it fails the caller."""

    #: addon whose suite runs
    hoot_addon = None

    def _run_hoot(self, preset):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset={preset}&timeout=60000&id={hoot_id(f'@{self.hoot_addon}')}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )
