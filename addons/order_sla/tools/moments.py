"""Between Odoo's naive UTC datetimes and the kernel's whole seconds."""
from datetime import datetime, timedelta

_EPOCH = datetime(1970, 1, 1)


def to_moment(value):
    """Seconds since the epoch of a naive UTC datetime; None for an empty one."""
    return int((value - _EPOCH).total_seconds()) if value else None


def to_datetime(moment):
    """Naive UTC datetime of a moment; False for None, so that it can be written to a field."""
    if moment is None:
        return False
    return _EPOCH + timedelta(seconds=moment)
