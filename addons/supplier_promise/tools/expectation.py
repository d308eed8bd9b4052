"""What is to be expected of an order line after several promises, some of them for a part of it. No database."""
from typing import NamedTuple


class Said(NamedTuple):
    """An accepted promise: so much on that date, ``whole``: of all that was open; ``former`` was expected before."""
    quantity: float
    date: object
    former: object
    whole: bool


def expected_parts(ordered, received, promises):
    """Quantities and dates that are still to come, the earliest first.

    The last word counts: a promise for the whole replaces what was said before, one for a part leaves the rest at the
    date that it had. What has been received was what was to come first.

    :param ordered: quantity of the line
    :param received: of that, what is there
    :param promises: list of :class:`Said`, in the order in which they were accepted
    :return: list of pairs (quantity, date); empty where nothing has been promised
    """
    if not promises:
        return []
    parts, rest = {}, ordered
    for said in reversed(promises):
        taken = rest if said.whole else min(said.quantity, rest)
        parts[said.date] = parts.get(said.date, 0.0) + taken
        rest -= taken
        if rest <= 0:
            break
        base = said.former
    if rest > 0:
        parts[base] = parts.get(base, 0.0) + rest
    return _left(sorted((date, quantity) for date, quantity in parts.items()), received)


def _left(parts, received):
    left = []
    for date, quantity in parts:
        gone = min(quantity, received)
        received -= gone
        if quantity - gone > 1e-9:
            left.append((quantity - gone, date))
    return left
