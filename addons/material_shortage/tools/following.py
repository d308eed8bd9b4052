"""What the pegs of a product in an order say about its chase line; plain Python."""
from typing import NamedTuple


class PegFact(NamedTuple):
    """The pegs of one product in one order, summed up; quantities in the product's unit."""

    production_id: int
    picking_id: int
    product_id: int
    company_id: int
    needed_by: object
    missing: float  # no supply at all
    late: float  # a supply after the need
    draft: float  # a request for quotation that comes in time, if it is confirmed
    coming: float  # a confirmed supply in time
    expected_date: object  # when all of it is there; False where something has no date
    purchase_line_id: int
    supply_production_id: int

    @property
    def short(self):
        """What no supply covers in time."""
        return self.missing + self.late


def state_of(fact, open_report, answered, was):
    """State of a line.

    :param fact: PegFact; None: the pegging knows no such demand any more
    :param open_report: somebody found the part missing, and it has not come since
    :param answered: the owner has promised a date that has not passed
    :param was: the state until now
    """
    short = fact.short if fact else 0
    if short or open_report:
        dated = answered or (fact and short and not fact.missing and fact.expected_date and not open_report)
        return "promised" if dated else "open"
    if fact and fact.draft:
        return "open" if was == "covered" else was
    return "covered" if fact and fact.coming else "closed"
