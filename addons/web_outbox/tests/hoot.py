"""Run the Hoot tests of an addon."""


def _hoot_id(name):
    """The id that Hoot gives a suite: a 32-bit rolling hash of its full name."""
    number = 0
    for char in name:
        number = ((number << 5) - number + ord(char)) & 0xFFFFFFFF
    return f"{number:08x}"


def run_hoot(case, addon, preset="desktop"):
    """All that the addon has in ``static/tests``, in the browser of ``case``.

    :param preset: desktop or mobile
    """
    case.browser_js(
        f"/web/tests?headless&loglevel=2&preset={preset}&timeout=15000&id={_hoot_id('@' + addon)}", "", "",
        login="admin", timeout=120, success_signal="[HOOT] Test suite succeeded",
        error_checker=lambda message: "[HOOT]" not in message)
