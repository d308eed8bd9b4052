"""Sampling kernel: acceptance sampling by attributes, in plain Python, without Odoo.

- ``plans``: GB/T 2828.1-2012 (= ISO 2859-1:1999) single sampling, 100 %, percentage, fixed
- ``isolated``: isolated lots by limiting quality (GB/T 2828.2, after ISO 2859-2:1985)
- ``computed``: zero acceptance and limiting quality by exact risk
- ``curve``: operating characteristic
- ``switching``: normal, tightened, reduced, discontinued
- ``skip_lot``: the shape of GB/T 2828.3
- ``errors``: typed, with code and data; ``refused``: what nobody vouches for

ISO 2859-1:2026 has replaced the edition of 1999; GB/T 2828.1-2012 is the edition of 1999, and so is this kernel.
"""
from . import curve, skip_lot, switching
from .computed import limiting_quality_plan, squeglia_plan, zero_acceptance_plan, zero_acceptance_plan_for_aql
from .curve import acceptance_probability, average_outgoing_quality, oc_curve, quality_accepted, risk_points
from .errors import SamplingError
from .isolated import LIMITING_QUALITIES, isolated_plan, vouched_limiting_qualities
from .plans import (
    ITEMS,
    MEASURES,
    NONCONFORMITIES,
    SamplingPlan,
    double_plan,
    fixed_plan,
    percentage_plan,
    single_plan,
    whole_plan,
)
from .refused import REFUSED
from .tables import LEVELS, NORMAL, REDUCED, SEVERITIES, TIGHTENED, aql_key, aqls

__all__ = [
    "ITEMS", "LEVELS", "LIMITING_QUALITIES", "MEASURES", "NONCONFORMITIES", "NORMAL", "REDUCED", "REFUSED",
    "SEVERITIES", "TIGHTENED", "SamplingError", "SamplingPlan", "acceptance_probability", "aql_key", "aqls",
    "average_outgoing_quality", "curve", "double_plan", "fixed_plan", "isolated_plan", "limiting_quality_plan",
    "oc_curve", "percentage_plan", "quality_accepted", "risk_points", "single_plan", "skip_lot", "squeglia_plan",
    "switching", "vouched_limiting_qualities", "whole_plan", "zero_acceptance_plan", "zero_acceptance_plan_for_aql",
]
