"""Writing a project file of Microsoft Project (XML).

The format is a sequence: elements that stand out of their order are dropped by Microsoft Project without a word. What
is written here therefore follows the order of the published schema, element by element.
"""
from lxml import etree

from . import mspdi

KIND_NUMBERS = {kind: number for number, kind in mspdi.LINK_KINDS.items()}
#: A resource that nobody is: what Microsoft Project writes where a task has none.
SAVE_VERSION = 14


def write(plan):
    """The bytes of a file that holds the plan."""
    root = etree.Element("Project", nsmap={None: mspdi.NAMESPACE})
    for name, value in (
            ("SaveVersion", SAVE_VERSION), ("Name", plan.name), ("Title", plan.name), ("ScheduleFromStart", 1),
            ("StartDate", plan.start), ("FinishDate", plan.finish), ("CalendarUID", plan.calendar),
            ("MinutesPerDay", plan.minutes_per_day), ("MinutesPerWeek", 5 * plan.minutes_per_day),
            ("DurationFormat", mspdi.DAYS_FORMAT), ("NewTasksEffortDriven", 0)):
        _add(root, name, value)
    calendars = _add(root, "Calendars")
    for calendar in plan.calendars:
        _write_calendar(calendars, calendar)
    tasks, numbers = _add(root, "Tasks"), []
    for row, task in enumerate(plan.tasks, 1):
        numbers = [*numbers[:task.level - 1], (numbers[task.level - 1:] or [0])[0] + 1]
        _write_task(_add(tasks, "Task"), task, row, ".".join(map(str, numbers)), plan)
    _write_resources(root, plan)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(parent, name, value=None):
    """An element below; none where the value is one that says nothing."""
    element = etree.SubElement(parent, name)
    if value is None:
        return element
    if hasattr(value, "isoformat"):
        value = value.isoformat(timespec="seconds")
    element.text = str(int(value)) if isinstance(value, bool) else _clean(str(value))
    return element


def _clean(text):
    """Text without the characters that no XML file may hold."""
    return "".join(char for char in text if char >= " " or char in "\t\n\r")


def _add_known(parent, *pairs):
    for name, value in pairs:
        if value is not None:
            _add(parent, name, value)


def duration(seconds):
    """Working time as the format writes it."""
    hours, rest = divmod(seconds, 3600)
    return f"PT{hours}H{rest // 60}M{rest % 60}S"


def _write_task(element, task, row, number, plan):
    left = None if task.duration is None else round(task.duration * (100 - task.percent) / 100)
    form = 8 if task.elapsed else mspdi.DAYS_FORMAT
    _add_known(
        element, ("UID", task.uid), ("ID", row), ("Name", task.name), ("Type", 1), ("IsNull", 0), ("WBS", number),
        ("OutlineNumber", number), ("OutlineLevel", task.level), ("Priority", 500), ("Start", task.start),
        ("Finish", task.finish), ("Duration", _duration(task.duration)), ("DurationFormat", form),
        ("EffortDriven", 0), ("Estimated", 0), ("Milestone", task.milestone), ("Summary", task.summary),
        ("Critical", task.critical), ("PercentComplete", round(task.percent)), ("ActualStart", task.actual_start),
        ("ActualFinish", task.actual_finish), ("RemainingDuration", _duration(left)),
        ("ConstraintType", task.constraint), ("CalendarUID", -1 if task.calendar is None else task.calendar),
        ("ConstraintDate", task.constraint_date), ("Deadline", task.deadline),
        ("IgnoreResourceCalendar", task.calendar is not None), ("Notes", task.notes or None))
    for link in task.links:
        _write_link(_add(element, "PredecessorLink"), link)
    if task.baseline_start or task.baseline_finish:
        _add_known(_add(element, "Baseline"), ("Number", 0), ("Start", task.baseline_start),
                   ("Finish", task.baseline_finish), ("Duration", _duration(task.duration)), ("DurationFormat", form))
    _add_known(element, ("Active", 1), ("Manual", task.manual))


def _duration(seconds):
    return None if seconds is None else duration(seconds)


def _write_link(element, link):
    if link.percent is not None:
        lag, form = round(link.percent), 20 if link.elapsed else 19
    else:
        lag, form = round(link.lag / 6), 8 if link.elapsed else mspdi.DAYS_FORMAT
    _add_known(element, ("PredecessorUID", link.source), ("Type", KIND_NUMBERS[link.kind]), ("CrossProject", 0),
               ("LinkLag", lag), ("LagFormat", form))


def _write_calendar(parent, calendar):
    element = _add(parent, "Calendar")
    _add_known(element, ("UID", calendar.uid), ("Name", calendar.name), ("IsBaseCalendar", int(calendar.base is None)),
               ("BaseCalendarUID", -1 if calendar.base is None else calendar.base))
    week = _add(element, "WeekDays")
    for day in (6, 0, 1, 2, 3, 4, 5):  # the week begins on Sunday there
        if day in calendar.days:
            part = _add(week, "WeekDay")
            _add(part, "DayType", (day + 1) % 7 + 1)
            _write_hours(part, calendar.days[day])
    if calendar.exceptions:
        exceptions = _add(element, "Exceptions")
        for exception in calendar.exceptions:
            _write_exception(_add(exceptions, "Exception"), exception)


def _write_exception(element, exception):
    _add(element, "EnteredByOccurrences", 0)
    period = _add(element, "TimePeriod")
    _add(period, "FromDate", f"{exception.first}T00:00:00")
    _add(period, "ToDate", f"{exception.last}T23:59:00")
    _add_known(element, ("Occurrences", (exception.last - exception.first).days + 1), ("Name", exception.name),
               ("Type", 1))
    _write_hours(element, exception.hours)


def _write_hours(element, hours):
    _add(element, "DayWorking", int(bool(hours)))
    if hours:
        times = _add(element, "WorkingTimes")
        for start, stop in hours[:5]:  # the format has no more on a day
            part = _add(times, "WorkingTime")
            _add(part, "FromTime", _time(start))
            _add(part, "ToTime", _time(stop % 86400))


def _time(seconds):
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


def _write_resources(root, plan):
    resources = _add(root, "Resources")
    for row, (uid, name) in enumerate(plan.resources.items(), 1):
        _add_known(_add(resources, "Resource"), ("UID", uid), ("ID", row), ("Name", name), ("Type", 1), ("IsNull", 0),
                   ("MaxUnits", 100))
    assignments = _add(root, "Assignments")
    tasks = {task.uid: task for task in plan.tasks}
    for number, (task, resource) in enumerate(plan.assignments, 1):
        _add_known(_add(assignments, "Assignment"), ("UID", number), ("TaskUID", task), ("ResourceUID", resource),
                   ("Finish", tasks[task].finish), ("Start", tasks[task].start), ("Units", 1),
                   ("Work", _duration(tasks[task].duration)))
