"""Numbers that people enter."""
import math

#: More than anybody counts.
LARGEST = 10 ** 9


def is_count(value):
    """Whether a value is a quantity: a finite number that is not below zero."""
    return (isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
            and 0 <= value <= LARGEST)
