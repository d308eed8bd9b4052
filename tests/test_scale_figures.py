"""What ``make scale`` says of a page."""
import sys

import pytest

from place import ROOT

sys.path.insert(0, str(ROOT / "tests" / "scale"))
from figures import judged  # noqa: E402


@pytest.mark.parametrize(("line", "complaint"), [
    (((0.01, 5), (0.02, 9), (0.03, 9)), ""),  # first the lists fill
    (((0.01, 5), (0.02, 9), (0.03, 30)), "asks more"),
    (((0.01, 5), (0.1, 5), (0.25, 5)), ""),  # who waits a quarter of a second does not notice
    (((0.2, 5), (0.3, 5), (0.9, 5)), "slow"),
    (((0.2, 5), (0.3, 5), (0.9, 50)), "asks more, slow"),
    (((0.2, 5), (None, "AccessError: no"), (0.9, 50)), "fails"),
])
def test_pages_are_judged(line, complaint):
    """RPT-3: a page that asks more often with more orders, or gets slow, is named."""
    [(_page, _line, _times, found)] = judged([{"Board": figures} for figures in line])
    assert found == complaint
