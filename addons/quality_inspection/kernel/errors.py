"""Why the kernel refuses. Every error carries a code and data, no sentence: the caller words and translates it.

``error.code`` is a stable word, ``error.data`` a dict of plain values (numbers, strings, None).
"""


class SamplingError(ValueError):
    """Anything that the kernel refuses."""

    code = "sampling_error"

    def __init__(self, **data):
        super().__init__(self.code, data)
        self.data = data

    def __str__(self):
        return ", ".join([self.code, *(f"{key}={value!r}" for key, value in self.data.items())])


class InvalidLotSize(SamplingError):
    """``lot_size`` is not a whole number of at least one item."""

    code = "invalid_lot_size"


class InvalidCount(SamplingError):
    """``count`` cannot have been found in a sample of ``sample_size`` items."""

    code = "invalid_count"


class InvalidParameter(SamplingError):
    """``name`` has the ``value``, which lies outside ``low`` .. ``high`` (None: open)."""

    code = "invalid_parameter"


class UnknownChoice(SamplingError):
    """``name`` has the ``value``, which is none of ``known``."""

    code = "unknown_choice"


class UnknownQuality(SamplingError):
    """``value`` is no column of the table; ``lower`` and ``higher`` are the next ones (None beyond the ends)."""

    code = "unknown_quality"


class UnknownAql(UnknownQuality):
    """The AQL is none of the preferred series (clause 5.3): no plan may be looked up for it."""

    code = "unknown_aql"


class UnknownLimitingQuality(UnknownQuality):
    """The limiting quality is none of the preferred series of GB/T 2828.2."""

    code = "unknown_limiting_quality"


class AqlOnlyForNonconformities(SamplingError):
    """AQLs above ``highest`` are nonconformities per 100 items, never a percentage of items (clause 5.2)."""

    code = "aql_only_for_nonconformities"


class PlanNotVouched(SamplingError):
    """The standard has a plan, but no named source establishes it here; it is refused, not guessed.

    ``standard``, ``clause`` and ``reason`` (a code, see ``refused.py``) say which and why.
    """

    code = "plan_not_vouched"


class NoSuchPlan(SamplingError):
    """No plan at all meets the risks that were asked for."""

    code = "no_such_plan"


class InspectionDiscontinued(SamplingError):
    """Clause 9.4: no lot may be judged until the supplier's improvement is accepted (``resume``)."""

    code = "inspection_discontinued"


class NotDiscontinued(SamplingError):
    """There is nothing to resume."""

    code = "not_discontinued"


class TableDamaged(SamplingError):
    """A data file of the kernel is not what it must be: ``table``, ``row``, ``column``, ``problem``."""

    code = "table_damaged"
