"""What the standards have and this kernel refuses, with the reason: nobody here vouches for the figures.

A reason is a code: ``no_source`` (none was found that may be named), ``one_unconfirmed_source`` (a single reading,
partial, by a source that errs elsewhere), ``fails_the_standards_own_promise`` (the only source gives a plan that the
standard excludes).
"""
from .errors import PlanNotVouched

REFUSED = {
    # The edition of 1999 changed some double plans of MIL-STD-105E (its foreword). One reading of 3-A was found
    # (1 3/4 5 for 1 4/4 5, 3 6/9 10 for 3 7/8 9), none of 3-B and 3-C; and a supplier must be able to switch.
    "double": ("GB/T 2828.1-2012", "tables 3-A, 3-B, 3-C", "one_unconfirmed_source"),
    "multiple": ("GB/T 2828.1-2012", "tables 4-A, 4-B, 4-C", "no_source"),
    "fractional": ("GB/T 2828.1-2012", "clause 13, tables 11-A, 11-B, 11-C", "no_source"),
    # The shape of the procedure is known, its figures (score, limits of 5.3, 6.2, 6.3, 6.6, 6.7) are not.
    "skip_lot_figures": ("GB/T 2828.3-2008", "5.3, 6.2, 6.3, 6.6, 6.7", "no_source"),
    "isolated_lq": ("GB/T 2828.2-2008 / ISO 2859-2:1985", "table A, this LQ", "no_source"),
    "isolated_lot_size": ("GB/T 2828.2-2008 / ISO 2859-2:1985", "table A, lots below 16", "no_source"),
    "isolated_cell": ("GB/T 2828.2-2008 / ISO 2859-2:1985", "table A, this cell", "fails_the_standards_own_promise"),
    "isolated_procedure_b": ("GB/T 2828.2-2008 / ISO 2859-2:1985", "procedure B", "no_source"),
    "squeglia": ("Squeglia, Zero Acceptance Number Sampling Plans", "table 1", "no_source"),
}


def refuse(what, **data):
    """:raise PlanNotVouched: always"""
    standard, clause, reason = REFUSED[what]
    raise PlanNotVouched(what=what, standard=standard, clause=clause, reason=reason, **data)
