"""What stands between goods and the gate."""
from typing import NamedTuple


class Problem(NamedTuple):
    """Why goods must not leave."""

    #: What it is about, told from every other problem: what was allowed holds for this one only.
    code: str
    #: What is wrong, in words.
    text: str
    #: Who can cure it.
    cure: str
    #: Nobody allows it all the same: it is cured.
    is_absolute: bool = False
