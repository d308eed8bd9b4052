"""Why a chart is refused, beside what the sampling kernel refuses: a code and data, no sentence."""
from odoo.addons.quality_inspection.kernel.errors import (
    InvalidCount,
    InvalidParameter,
    SamplingError,
    UnknownChoice,
)

__all__ = [
    "InvalidCount", "InvalidParameter", "NoTolerance", "SamplingError", "TooFewPoints", "UnevenSubgroups",
    "UnknownChoice",
]


class TooFewPoints(SamplingError):
    """A chart or an index needs at least ``minimum`` of ``name`` (subgroups, values); there are ``count``."""

    code = "too_few_points"


class UnevenSubgroups(SamplingError):
    """Subgroup ``position`` (from 0) has ``size`` values where the first has ``expected``."""

    code = "uneven_subgroups"


class NoTolerance(SamplingError):
    """A capability index compares with a tolerance, and neither a lower nor an upper limit is given."""

    code = "no_tolerance"
