"""What a project file of Microsoft Project (XML, "MSPDI") holds, as far as a plan can use it.

Written after the published description of the format (mspdi_pj12) and what files of other tools really contain. Dates
are those of the wall clock: the format knows no time zone. Durations and lags are seconds.
"""
from dataclasses import dataclass, field
from datetime import date, datetime

NAMESPACE = "http://schemas.microsoft.com/project"
#: Largest file, and most tasks, that are looked at.
MAX_BYTES, MAX_TASKS = 20_000_000, 5_000

#: What a link's number means; not in the order that one would guess.
LINK_KINDS = {0: "ff", 1: "fs", 2: "sf", 3: "ss"}
#: Formats that say that a duration or lag runs around the clock, or is a share of the predecessor's duration.
ELAPSED_FORMATS = {4, 6, 8, 10, 12, 20, 36, 38, 40, 42, 44, 52}
PERCENT_FORMATS = {19, 20, 51, 52}
DAYS_FORMAT = 7

#: Constraints by number; "not before" is the one that a plan's pin means.
AS_SOON, MUST_START, NOT_BEFORE = 0, 2, 4
CONSTRAINTS = range(8)


@dataclass(slots=True)
class Fault:
    """Something that is wrong in the file, or that a plan has no place for.

    :ivar line: of the file, where that is known
    :ivar code: what it is; the words are the caller's
    :ivar about: name of the task, calendar or element
    :ivar value: what stands there
    """
    line: int | None
    code: str
    about: str = ""
    value: str = ""


class BadFile(ValueError):
    """The file cannot be taken over.

    :ivar faults: all that was found, in the order of the lines
    """

    def __init__(self, faults):
        super().__init__("; ".join(f"line {fault.line}: {fault.code} {fault.about} {fault.value}" for fault in faults))
        self.faults = faults


@dataclass(slots=True)
class FileLink:
    """A link to a predecessor; a percentage of its duration instead of a lag where ``percent`` is set."""
    source: int
    kind: str = "fs"
    lag: int = 0
    elapsed: bool = False
    percent: float | None = None
    line: int | None = field(default=None, compare=False)


@dataclass(slots=True)
class FileTask:
    """A task. Tasks stand in the order of their outline; ``level`` 1 is the top."""
    uid: int
    name: str
    level: int = 1
    milestone: bool = False
    summary: bool = False
    start: datetime | None = None
    finish: datetime | None = None
    duration: int | None = None
    elapsed: bool = False
    percent: float = 0.0
    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    constraint: int = AS_SOON
    constraint_date: datetime | None = None
    deadline: datetime | None = None
    baseline_start: datetime | None = None
    baseline_finish: datetime | None = None
    calendar: int | None = None
    notes: str = ""
    manual: bool = False
    critical: bool = False
    links: list = field(default_factory=list)
    line: int | None = field(default=None, compare=False)


@dataclass(slots=True)
class FileException:
    """Dates on which a calendar is worked in other hours than in other weeks; without hours they are off."""
    name: str
    first: date
    last: date
    hours: list = field(default_factory=list)


@dataclass(slots=True)
class FileCalendar:
    """Hours of a week: pairs of seconds since midnight by day, 0 is Monday; a day that is not named is the base's."""
    uid: int
    name: str
    base: int | None = None
    days: dict = field(default_factory=dict)
    exceptions: list = field(default_factory=list)
    line: int | None = field(default=None, compare=False)


@dataclass(slots=True)
class FilePlan:
    """A project file.

    :ivar assignments: pairs (uid of a task, uid of a resource)
    :ivar remarks: Fault, what stands in the file and is not, or not literally, taken over
    """
    name: str = ""
    start: datetime | None = None
    finish: datetime | None = None
    calendar: int | None = None
    minutes_per_day: int = 480
    tasks: list = field(default_factory=list)
    calendars: list = field(default_factory=list)
    resources: dict = field(default_factory=dict)
    assignments: list = field(default_factory=list)
    remarks: list = field(default_factory=list, compare=False)
