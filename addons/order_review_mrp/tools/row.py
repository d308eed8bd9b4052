"""What a row of the tree of bills says."""
from typing import NamedTuple


class Row(NamedTuple):
    """A product with one of its bills and its supplier; quantities are of the product's unit.

    :ivar factor, unit_factor: of the product's and the bill's unit
    :ivar is_bought: its routes buy and do not make it
    :ivar days: lead time of the bill; ``delay``: of the supplier
    """
    product: int
    is_storable: bool
    factor: float
    is_bought: bool
    bill: int | None
    type: str | None
    quantity: float | None
    uom: int | None
    unit_factor: float | None
    days: int
    supplier: int | None
    delay: int
