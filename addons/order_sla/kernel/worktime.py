"""Working-time arithmetic on integers.

A moment is a number of whole seconds since the epoch (UTC), a duration a number of whole seconds. There are no
floating-point hours in here, hence no residue that pushes a deadline over a night or a weekend. Every question is
answered by bisection in a table of cumulated working intervals. Nothing here knows a database.
"""
from bisect import bisect_left, bisect_right
from datetime import MAXYEAR, MINYEAR, datetime, timedelta, timezone
from functools import lru_cache
from itertools import accumulate

DAY = 86400


class OutOfTable(Exception):
    """The answer lies beyond the span that the table knows: make a larger one."""


class NoWorkingTime(Exception):
    """There is no, or far too little, working time to answer at all, or the moments lie too far apart."""


def merged(intervals):
    """Sorted, disjoint, non-empty intervals that cover the same time; touching ones become one."""
    result = []
    for start, stop in sorted(intervals):
        if start >= stop:
            continue
        if result and start <= result[-1][1]:
            result[-1][1] = max(result[-1][1], stop)
        else:
            result.append([start, stop])
    return result


def local_date(moment, tz):
    """Ordinal of the date that a clock on the wall shows at the moment."""
    return datetime.fromtimestamp(moment, tz).toordinal()


def instant(naive, tz):
    """Moment of a wall-clock time, tz from pytz or zoneinfo; the later one where clocks show it twice or skip it."""
    if hasattr(tz, "localize"):
        return round(tz.localize(naive).timestamp())
    return round(max(naive.replace(tzinfo=tz, fold=fold).timestamp() for fold in (0, 1)))


@lru_cache(maxsize=2**15)  # ninety years of one time zone: each table asks for the same dates again
def midnight(ordinal, tz):
    """Moment at which the date begins."""
    return instant(datetime.fromordinal(ordinal), tz)


def wall(ordinal, seconds, tz):
    """Moment at which the wall clock shows so many seconds since midnight; 24:00 is the end of the date."""
    start, end = midnight(ordinal, tz), midnight(ordinal + 1, tz)
    if seconds >= DAY:
        return end
    if end - start == DAY:  # no clock is changed on this date
        return start + seconds
    return instant(datetime.fromordinal(ordinal) + timedelta(seconds=seconds), tz)


def same_time_on(ordinal, moment, tz):
    """Moment at which the wall clock shows on the date what it shows at the given moment."""
    shown = datetime.fromtimestamp(moment, tz)
    return instant(datetime.combine(datetime.fromordinal(ordinal), shown.time()), tz)


class WorkTable:
    """Working intervals with their cumulated sums.

    :param intervals: pairs (start, stop) in any order
    :param first: the table knows all working time from this moment (default: start of the first interval)
    :param last: ... to this one (default: stop of the last interval)
    """
    __slots__ = ("_days", "first", "last", "starts", "stops", "sums")

    def __init__(self, intervals, first=None, last=None):
        intervals = merged(intervals)
        self.starts = [start for start, _stop in intervals]
        self.stops = [stop for _start, stop in intervals]
        # sums[i] is the working time before interval i, sums[-1] that of the whole table
        self.sums = list(accumulate((stop - start for start, stop in intervals), initial=0))
        self.first = first if first is not None else self.starts[0] if intervals else 0
        self.last = last if last is not None else self.stops[-1] if intervals else 0
        self._days = {}

    @property
    def total(self):
        """Working time of the whole table, in seconds."""
        return self.sums[-1]

    def position(self, moment):
        """Working time from the table's beginning to the moment."""
        if not self.first <= moment <= self.last:
            raise OutOfTable(moment)
        i = bisect_right(self.starts, moment) - 1
        if i < 0:
            return 0
        stop = self.stops[i]
        return self.sums[i] + (moment if moment < stop else stop) - self.starts[i]

    def worked(self, start, stop):
        """Working time between two moments; negative when the second comes first."""
        return self.position(stop) - self.position(start)

    def advance(self, start, seconds):
        """Earliest moment at which so much working time has passed since start; start itself for 0."""
        if seconds <= 0:
            return self.retreat(start, -seconds) if seconds else start
        target = self.position(start) + seconds
        i = bisect_left(self.sums, target) - 1
        if i >= len(self.starts):
            raise OutOfTable(start)
        return self.starts[i] + target - self.sums[i]

    def retreat(self, end, seconds):
        """Latest moment from which so much working time remains until end; end itself for 0."""
        if seconds <= 0:
            return self.advance(end, -seconds) if seconds else end
        target = self.position(end) - seconds
        if target < 0:
            raise OutOfTable(end)
        i = bisect_right(self.sums, target) - 1
        return self.starts[i] + target - self.sums[i]

    def advance_days(self, start, days, tz):
        """Same wall-clock time on the n-th following working date, within that date's working time."""
        if days <= 0:
            return self.retreat_days(start, -days, tz) if days else start
        ordinals, _pieces = self._local_days(tz)
        return self._on_working_date(bisect_right(ordinals, local_date(start, tz)) + days - 1, start, tz)

    def retreat_days(self, end, days, tz):
        """Same wall-clock time on the n-th preceding working date, within that date's working time."""
        if days <= 0:
            return self.advance_days(end, -days, tz) if days else end
        ordinals, _pieces = self._local_days(tz)
        return self._on_working_date(bisect_left(ordinals, local_date(end, tz)) - days, end, tz)

    def close_of_work(self, ordinal, tz):
        """End of work of the date; of the last working date before it, if it is not worked."""
        if not self.first <= midnight(ordinal, tz) <= midnight(ordinal + 1, tz) <= self.last:
            raise OutOfTable(ordinal)
        ordinals, pieces = self._local_days(tz)
        i = bisect_right(ordinals, ordinal) - 1
        if i < 0:
            raise OutOfTable(ordinal)
        return pieces[i][-1][1]

    def spans(self, moment, count):
        """The next working intervals from the moment on, as lists [start, stop]; the running one is cut."""
        i = bisect_right(self.stops, moment)
        return [[max(start, moment), stop]
                for start, stop in zip(self.starts[i:i + count], self.stops[i:i + count], strict=False)]

    def _on_working_date(self, index, moment, tz):
        if not self.first <= moment <= self.last:
            raise OutOfTable(moment)
        ordinals, pieces = self._local_days(tz)
        if not 0 <= index < len(ordinals):
            raise OutOfTable(moment)
        wanted = same_time_on(ordinals[index], moment, tz)
        for start, stop in pieces[index]:
            if wanted <= stop:
                return max(wanted, start)
        return pieces[index][-1][1]

    def _local_days(self, tz):
        """Working dates (ordinals) and, for each, its intervals, cut at the midnights of the time zone."""
        key = str(tz)
        if key not in self._days:
            days, ordinal = {}, None
            for start, stop in zip(self.starts, self.stops, strict=False):
                while start < stop:
                    if ordinal is None or start >= midnight(ordinal + 1, tz):
                        ordinal = local_date(start, tz)
                    cut = min(stop, midnight(ordinal + 1, tz))
                    days.setdefault(ordinal, []).append((start, cut))
                    start = cut
            ordinals = sorted(days)
            self._days[key] = ordinals, [days[ordinal] for ordinal in ordinals]
        return self._days[key]


class ElapsedTable:
    """Clock time, around the clock, with the interface of a WorkTime."""
    __slots__ = ()
    day_seconds = 86400

    @staticmethod
    def worked(start, stop):
        return stop - start

    @staticmethod
    def advance(start, seconds):
        return start + seconds

    @staticmethod
    def retreat(end, seconds):
        return end - seconds

    @staticmethod
    def advance_days(start, days, tz):
        return same_time_on(local_date(start, tz) + days, start, tz) if days else start

    @staticmethod
    def retreat_days(end, days, tz):
        return ElapsedTable.advance_days(end, -days, tz)

    @staticmethod
    def close_of_work(ordinal, tz):
        return midnight(ordinal + 1, tz)

    @staticmethod
    def spans(_moment, _count):
        return []


class WorkTime:
    """A WorkTable that is widened until it answers.

    :param load: function (first_year, last_year) -> WorkTable of these years, last_year included
    :param day_seconds: working time that half a working day is half of
    """
    __slots__ = ("_load", "_table", "_years", "day_seconds")

    #: never look further than so many years from the moments asked for
    HORIZON = 15
    #: never lay out more years: a date of the year 3026 is a slip of the finger, not a question
    SPAN = 150

    def __init__(self, load, day_seconds=28800):
        self._load = load
        self.day_seconds = day_seconds
        self._table = None
        self._years = None

    def table(self, *moments):
        """The table around the moments."""
        if not self._table or any(not self._table.first <= moment <= self._table.last for moment in moments):
            years = [datetime.fromtimestamp(moment, timezone.utc).year for moment in moments]
            self._widen(min(years) - 1, max(years) + 1)
        return self._table

    def worked(self, start, stop):
        return self.table(start, stop).worked(start, stop)

    def advance(self, start, seconds):
        return self._ask("advance", start, seconds)

    def retreat(self, end, seconds):
        return self._ask("retreat", end, seconds)

    def advance_days(self, start, days, tz):
        return self._ask("advance_days", start, days, tz)

    def retreat_days(self, end, days, tz):
        return self._ask("retreat_days", end, days, tz)

    def close_of_work(self, ordinal, tz):
        moment = midnight(ordinal, tz)
        return self._ask("close_of_work", moment, tz, argument=ordinal)

    def spans(self, moment, count):
        return self.table(moment).spans(moment, count)

    def _widen(self, first, last):
        if self._years:
            first, last = min(first, self._years[0]), max(last, self._years[1])
        if last - first > self.SPAN or first <= MINYEAR or last >= MAXYEAR:
            raise NoWorkingTime(first, last)
        self._years = first, last
        self._table = self._load(first, last)
        return self._table

    def _ask(self, question, moment, *arguments, argument=None):
        table = self._table
        if not table or not table.first <= moment <= table.last:
            table = self.table(moment)
        width = 2
        while True:
            try:
                return getattr(table, question)(moment if argument is None else argument, *arguments)
            except OutOfTable:
                if width > self.HORIZON or (width > 2 and not table.total):
                    raise NoWorkingTime(question) from None
            year = datetime.fromtimestamp(moment, timezone.utc).year
            width *= 3
            table = self._widen(year - width, year + width)
