"""Isolated lots: GB/T 2828.2-2008, after ISO 2859-2:1985, by limiting quality (LQ), procedure A.

Supplier and consumer both see the lot as isolated; switching rules do not apply, so the lot is judged by the risk
of accepting it when it is as bad as the LQ. The figures are those of ISO 2859-2:1985 as far as ``data`` vouches for
them; the text of GB/T 2828.2 itself was not at hand, and the edition ISO 2859-2:2020 is not this table.
"""
from functools import cache

from .errors import UnknownLimitingQuality
from .plans import ITEMS, planned
from .refused import refuse
from .tables import preferred, read
from .values import lot_size_of

#: Preferred LQs, per cent. The first three are in the standard; no source vouches for their plans here.
LIMITING_QUALITIES = ("0.50", "0.80", "1.25", "2.0", "3.15", "5.0", "8.0", "12.5", "20.0", "31.5")
TABLE = "ISO 2859-2:1985 A"
PROCEDURE_A, PROCEDURE_B = "A", "B"


@cache
def _rows():
    """``[(first lot size, {LQ: (n, Ac) or None})]``, ascending."""
    return [(int(row["lot_from"]), {
        quality: tuple(map(int, cell.split("/"))) if cell else None
        for quality, cell in row.items() if quality in LIMITING_QUALITIES}) for row in read("isolated_lots")]


def limiting_quality_key(value):
    """The preferred LQ as written above, from a text or a number.

    :raise UnknownLimitingQuality: it is not preferred; the error names the next lower and higher ones
    """
    return preferred(value, LIMITING_QUALITIES, UnknownLimitingQuality)


def vouched_limiting_qualities():
    """The LQs, as written above, for which a plan is vouched for at some lot size; ascending."""
    found = {quality for _first, cells in _rows() for quality, cell in cells.items() if cell}
    return tuple(quality for quality in LIMITING_QUALITIES if quality in found)


def isolated_plan(lot_size, limiting_quality, procedure=PROCEDURE_A):
    """Single sampling plan for an isolated lot; a sample that is not smaller than the lot means the whole lot.

    Where no figure is vouched for, ``computed.zero_acceptance_plan`` gives the smallest sample for the same risk.

    :param limiting_quality: one of ``LIMITING_QUALITIES``, percent nonconforming
    :raise InvalidLotSize: zero, negative or not whole
    :raise UnknownLimitingQuality: not preferred; the next ones are named
    :raise PlanNotVouched: procedure B, the first three LQs, lots below 16, or a figure that cannot be right
    """
    size = lot_size_of(lot_size)
    quality = limiting_quality_key(limiting_quality)
    if procedure != PROCEDURE_A:
        refuse("isolated_procedure_b", procedure=procedure)
    row = next((cells for first, cells in reversed(_rows()) if first <= size), None)
    if row is None:
        refuse("isolated_lot_size", lot_size=size, minimum=_rows()[0][0])
    if quality not in row:
        refuse("isolated_lq", limiting_quality=quality)
    if row[quality] is None:
        refuse("isolated_cell", lot_size=size, limiting_quality=quality)
    sample, acceptance = row[quality]
    return planned("isolated", size, sample, acceptance, ITEMS, limiting_quality=quality, table=TABLE)
