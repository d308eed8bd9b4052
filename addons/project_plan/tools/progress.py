"""What the documents behind an item say about it."""
from datetime import datetime
from typing import NamedTuple


class Progress(NamedTuple):
    """Progress of one item from its documents (PLN-11).

    :ivar percent: 0 to 100; 100 says done only together with ``finished``
    :ivar started: when the first document began it, naive UTC
    :ivar finished: when the last one fulfilled it; None takes a former fulfilment back
    :ivar remaining_hours: working hours left; None: what the percentage leaves of the duration
    :ivar documents: pairs (model, id), shown behind the item
    """

    percent: float = 0.0
    started: datetime | None = None
    finished: datetime | None = None
    remaining_hours: float | None = None
    documents: tuple = ()
