"""One working time as the passes over a network ask it: thousands of questions, most of them in the same few years."""
from datetime import datetime, timedelta

from odoo.addons.order_sla.kernel.worktime import ElapsedTable, NoWorkingTime, OutOfTable, WorkTable

from .faults import BadItem

EPOCH = datetime(1970, 1, 1)


class Clock:
    """The questions to a WorkTime, answered from its table; only what lies beyond the table takes the long way.

    :param item: it counts in this working time: the one to name where that does not suffice
    """
    __slots__ = ("_item", "_table", "_time")

    def __init__(self, item):
        time, self._item = item.time, item
        self._time = time if time is not None else ElapsedTable
        self._table = WorkTable(()) if hasattr(time, "table") else self._time  # the first question fills it

    def advance(self, moment, seconds):
        """Earliest moment at which so much has been worked since; a negative number goes back, 0 changes nothing."""
        try:
            return self._table.advance(moment, seconds)
        except OutOfTable:
            return self._widened("advance", moment, seconds)

    def retreat(self, moment, seconds):
        """Latest moment from which so much remains to be worked until then."""
        try:
            return self._table.retreat(moment, seconds)
        except OutOfTable:
            return self._widened("retreat", moment, seconds)

    def worked(self, start, stop):
        """Working seconds from one moment to the other; negative when the second comes first."""
        try:
            return self._table.worked(start, stop)
        except OutOfTable:
            return self._widened("worked", start, stop)

    def opening(self, moment):
        """Where work can begin that must not begin earlier: the moment itself, or the next opening."""
        return self.advance(moment, 1) - 1

    def latest_opening(self, moment):
        """Where work can begin that must not begin later."""
        return self.retreat(moment + 1, 1)

    def closing(self, moment):
        """Where work ends that must not end later: the moment itself, or the last closing before it."""
        return self.retreat(moment, 1) + 1

    def _widened(self, question, moment, argument):
        try:
            answer = getattr(self._time, question)(moment, argument)
            if hasattr(self._time, "table"):
                self._table = self._time.table(moment)
        except (NoWorkingTime, OutOfTable, OverflowError):
            raise BadItem(self._item, f"its working hours hold too little time around {_date(moment)}") from None
        return answer


def _date(moment):
    try:
        return (EPOCH + timedelta(seconds=moment)).date()
    except OverflowError:
        return f"second {moment}"
