"""A year of China's official working days, as a source tells it: days off, and weekend days worked instead (调休).

A source that does not hold the whole year is refused: a day that nobody has decided is not guessed. What is wrong is
told as faults, with the line where it stands; the words for them are the caller's, in the user's language.
Nothing here knows a database.
"""
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

ONE_DAY = timedelta(days=1)
#: days off by law whatever the notice says: a year without them is not held
FIXED = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
#: the Spring Festival lies between these days; at least so many of them are off
SPRING, SPRING_DAYS = ((1, 20), (3, 1)), 3


@dataclass(frozen=True)
class Fault:
    """Something that cannot be taken over: a code, the line where it stands (0: no line), and what it is about."""
    code: str
    line: int = 0
    values: tuple = ()


class Unreadable(Exception):
    """A source that is not taken; ``faults`` says why, one by one."""

    def __init__(self, *faults):
        super().__init__(faults)
        self.faults = faults


@dataclass(frozen=True)
class Span:
    """Days of one kind in a row; ``line`` is where the source says so."""
    name: str
    first: date
    last: date
    worked: bool = False
    line: int = 0

    def dates(self):
        """Each date of the span."""
        return [self.first + ONE_DAY * number for number in range((self.last - self.first).days + 1)]


@dataclass(frozen=True)
class OfficialYear:
    """A year that a source holds: spans off, spans worked, and what was read but says neither."""
    year: int
    off: tuple
    worked: tuple
    unused: tuple = ()


def official_year(year, spans, unused=()):
    """The year that the spans tell, with days in a row under one name made one span.

    :raise Unreadable: a day is told twice in different ways, a make-up day is no weekend day, or the year is not held
    """
    spans = sorted(spans, key=lambda span: (span.first, span.last))
    faults, kind = [], {}
    for span in spans:
        for day in span.dates():
            if kind.setdefault(day, span.worked) != span.worked:
                faults.append(Fault("both", span.line, (day,)))
            if span.worked and day.weekday() < 5:
                faults.append(Fault("no_weekend", span.line, (day,)))
            if abs(day.year - year) > 1:
                faults.append(Fault("other_year", span.line, (day, year)))
    off = {day for day, worked in kind.items() if not worked}
    missing = [date(year, *day) for day in FIXED if date(year, *day) not in off]
    if sum(date(year, *SPRING[0]) <= day <= date(year, *SPRING[1]) for day in off) < SPRING_DAYS:
        missing.append("spring_festival")
    if missing and not faults:
        faults.append(Fault("not_held", 0, (year, tuple(missing))))
    if faults:
        raise Unreadable(*faults)
    return OfficialYear(year, _joined(span for span in spans if not span.worked),
                        tuple(part for span in spans if span.worked for part in _single(span)), tuple(unused))


def _joined(spans):
    joined = []
    for span in spans:
        former = joined[-1] if joined else None
        if former and former.name == span.name and span.first <= former.last + ONE_DAY:
            joined[-1] = Span(span.name, former.first, max(former.last, span.last), line=former.line)
        else:
            joined.append(span)
    return tuple(joined)


def _single(span):
    return [Span(span.name, day, day, worked=True, line=span.line) for day in span.dates()]


def from_package(year, holidays, workdays):
    """The year that the tables of ``chinesecalendar`` hold: ``{date: name}`` of days off and of make-up days.

    Its functions are not asked: they answer for years of which the tables hold nothing (other releases do).
    """
    spans = [Span(name, day, day, worked) for worked, table in ((False, holidays), (True, workdays))
             for day, name in table.items() if day.year == year]
    if not spans:
        raise Unreadable(Fault("package_year", 0, (year,)))
    return official_year(year, spans)


@dataclass(frozen=True)
class Known:
    """A day off or a make-up day that the calendar has: ``own`` if a former load made it."""
    key: int
    name: str
    first: date
    last: date
    own: bool


def planned(official, leaves, extra_days, covered):
    """What a load does to a calendar, as rows ``(action, worked, name, first, last, key)``, by date.

    What people entered stays as it is, and only the days that it lacks are added; what a former load made follows the
    source. Loading the same twice gives nothing but ``keep``.

    :param leaves: general time off of whole days that former loads made, as Known
    :param extra_days: make-up days of the calendar, as Known; those that people entered, too
    :param covered: dates that are off by what people entered
    """
    rows, loaded = [], {(leave.name, leave.first, leave.last): leave for leave in leaves}
    for span in official.off:
        for first, last in _gaps(span, covered):
            same = loaded.pop((span.name, first, last), None)
            rows.append(("keep" if same else "add", False, span.name, first, last, same.key if same else 0))
        if all(day in covered for day in span.dates()):
            rows.append(("keep", False, span.name, span.first, span.last, 0))
    rows = _changes(rows, loaded)
    days = {day.first: day for day in extra_days}
    for span in official.worked:
        same = days.pop(span.first, None)
        rows.append(("keep" if same else "add", True, span.name, span.first, span.last, same.key if same else 0))
    off = {day for span in official.off for day in span.dates()}
    for day in days.values():
        if day.own:
            rows.append(("remove", True, day.name, day.first, day.last, day.key))
        elif day.first in off:
            rows.append(("worked", True, day.name, day.first, day.last, day.key))
    return sorted(rows, key=lambda row: (row[3], row[1]))


def _changes(rows, left):
    """Former loads' days that the source no longer names so: moved to what is to be added instead, or removed."""
    left, result = list(left.values()), []
    for action, worked, name, first, last, key in rows:
        moved = next((leave for leave in left if action == "add" and leave.first <= last and leave.last >= first), None)
        if moved:
            left.remove(moved)
            action, key = "change", moved.key
        result.append((action, worked, name, first, last, key))
    return result + [("remove", False, leave.name, leave.first, leave.last, leave.key) for leave in left]


def _gaps(span, covered):
    """Runs of the span's dates that are not covered, as pairs."""
    days = [day for day in span.dates() if day not in covered]
    if not days:
        return []
    cuts = [(before, after) for before, after in pairwise(days) if after - before > ONE_DAY]
    return list(zip([days[0], *(after for _before, after in cuts)], [*(before for before, _after in cuts), days[-1]],
                    strict=True))


def years_due(today):
    """Years whose official days must be loaded by now: from 1 December on the coming one, too."""
    return [today.year] + [today.year + 1] * (today.month == 12)
