"""Reading a project file of Microsoft Project (XML); what it cannot mean is named by line, all of it at once."""
import re
from datetime import datetime
from itertools import zip_longest

from lxml import etree

from . import mspdi
from .mspdi import BadFile, Fault, FileCalendar, FileException, FileLink, FilePlan, FileTask

DURATION = re.compile(
    r"(-)?P(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?")
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")
MOST_FAULTS = 50


def read(content):
    """The plan in the bytes of a file.

    :raise BadFile: it is none, or holds what cannot be meant
    """
    if len(content) > mspdi.MAX_BYTES:
        raise BadFile([Fault(None, "too_big", value=str(len(content)))])
    return Reader(_parse(content)).run()


def _parse(content):
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                             remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BadFile([Fault(error.lineno, "no_xml", value=error.msg)]) from None
    except ValueError as error:
        raise BadFile([Fault(None, "no_xml", value=str(error))]) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadFile([Fault(1, "doctype")])  # no tool writes one; entities are of no use here
    if _local(root) != "Project":
        raise BadFile([Fault(root.sourceline, "no_project", value=_local(root))])
    return root


def _local(element):
    return etree.QName(element).localname


class Element:
    """An element by the names of its children, whatever namespace they are in: not all tools write one."""
    __slots__ = ("children", "faults", "line", "name", "node")

    def __init__(self, node, faults):
        self.node, self.faults, self.line, self.name = node, faults, node.sourceline, _local(node)
        self.children = {}
        for child in node:
            self.children.setdefault(_local(child), []).append(child)

    def all(self, *path):
        """The elements below, down a path of names."""
        elements = [self]
        for name in path:
            elements = [Element(child, self.faults) for element in elements for child in element.children.get(name, ())]
        return elements

    def has(self, name):
        return name in self.children

    def text(self, name, default=""):
        nodes = self.children.get(name)
        return (nodes[0].text or "").strip() if nodes else default

    def number(self, name, default=None, kind=int):
        text = self.text(name)
        if not text:
            return default
        try:
            value = kind(text) if kind is not int else round(float(text))
        except (ValueError, OverflowError):
            return self.bad(name, "bad_number", default)
        return value if abs(value) < 1e12 else self.bad(name, "bad_number", default)

    def flag(self, name, default=False):
        text = self.text(name).lower()
        return text in ("1", "true") if text else default

    def moment(self, name):
        """Date and time as the wall clock shows them; ``NA`` and an empty element mean none."""
        text = self.text(name)
        if not text or text == "NA":
            return None
        match = MOMENT.fullmatch(text)
        try:
            return datetime.fromisoformat(f"{match[1]} {match[2] or '00:00:00'}")
        except (TypeError, ValueError):  # written in another way, or no date of the calendar
            return self.bad(name, "bad_date")

    def seconds(self, name, day=86400):
        """A duration (``PT8H0M0S``); a day, which Microsoft Project never writes, is as long as is said."""
        text = self.text(name)
        if not text:
            return None
        match = DURATION.fullmatch(text)
        if not match or text in ("P", "PT", "-P", "-PT") or match[1]:
            return self.bad(name, "bad_duration")
        try:
            days, hours, minutes, seconds = (float(part or 0) for part in match.groups()[1:])
        except ValueError:
            return self.bad(name, "bad_duration")
        return round(days * day + hours * 3600 + minutes * 60 + seconds)

    def time(self, name):
        """Seconds since midnight."""
        text = self.text(name)
        try:
            hours, minutes, *rest = (int(part) for part in text.split(":"))
            return hours * 3600 + minutes * 60 + (rest[0] if rest else 0)
        except ValueError:
            return self.bad(name, "bad_time", 0)

    def bad(self, name, code, default=None):
        node = self.children[name][0]
        self.faults.append(Fault(node.sourceline, code, name, (node.text or "").strip()[:60]))
        return default


class Reader:
    """One reading: faults gather until the end, so that all of them are told at once."""

    def __init__(self, root):
        self.faults = []
        self.root = Element(root, self.faults)
        self.plan = FilePlan()

    def run(self):
        root, plan = self.root, self.plan
        plan.name = root.text("Title") or root.text("Name")
        plan.start, plan.finish = root.moment("StartDate"), root.moment("FinishDate")
        plan.calendar = root.number("CalendarUID")
        plan.minutes_per_day = root.number("MinutesPerDay", 480) or 480
        plan.calendars = [self._calendar(element) for element in root.all("Calendars", "Calendar")]
        tasks = root.all("Tasks", "Task")
        if len(tasks) > mspdi.MAX_TASKS:
            raise BadFile([Fault(tasks[mspdi.MAX_TASKS].line, "too_many", value=str(len(tasks)))])
        plan.tasks = [task for element in tasks if (task := self._task(element))]
        plan.resources = {
            element.number("UID", 0): element.text("Name") for element in root.all("Resources", "Resource")
            if element.text("Name") and not element.flag("IsNull")}
        self._check_tasks()
        self._assign()
        if self.faults:
            raise BadFile(sorted(self.faults, key=lambda fault: fault.line or 0)[:MOST_FAULTS])
        return plan

    def _remark(self, element, code, about, value=""):
        self.plan.remarks.append(Fault(element.line, code, about, str(value)))

    def _task(self, element):
        uid = element.number("UID")
        name = " ".join(element.text("Name").split())
        level = element.number("OutlineLevel", 1)
        if element.flag("IsNull") or (not name and not element.has("Start") and not element.has("Duration")):
            return None  # an empty row
        if uid is None:
            self.faults.append(Fault(element.line, "no_uid", name))
            return None
        if level == 0 or uid == 0:
            self.plan.name = self.plan.name or name
            return None  # the project itself, as a row
        about = name or f"#{uid}"
        for tag, code in (("IsSubproject", "subproject"), ("ExternalTask", "external"), ("Recurring", "recurring")):
            if element.flag(tag):
                self._remark(element, code, about)
        if not element.flag("Active", True) or element.flag("ExternalTask"):
            self._remark(element, "inactive", about)
            return None
        task = FileTask(
            uid, about, max(level, 1), element.flag("Milestone"), element.flag("Summary"), element.moment("Start"),
            element.moment("Finish"), element.seconds("Duration", 60 * self.plan.minutes_per_day),
            element.number("DurationFormat", mspdi.DAYS_FORMAT) in mspdi.ELAPSED_FORMATS,
            element.number("PercentComplete", 0.0, float), element.moment("ActualStart"),
            element.moment("ActualFinish"), element.number("ConstraintType", mspdi.AS_SOON),
            element.moment("ConstraintDate"), element.moment("Deadline"), notes=element.text("Notes"),
            manual=element.flag("Manual"), critical=element.flag("Critical"), line=element.line)
        calendar = element.number("CalendarUID", -1)
        task.calendar = calendar if calendar >= 0 else None
        self._check_task(element, task)
        for baseline in element.all("Baseline"):
            if baseline.number("Number", 0) == 0:
                task.baseline_start, task.baseline_finish = baseline.moment("Start"), baseline.moment("Finish")
        task.links = [link for part in element.all("PredecessorLink") if (link := self._link(part, task))]
        return task

    def _check_task(self, element, task):
        if not 0 <= task.percent <= 100:
            element.bad("PercentComplete", "bad_percent")
        if task.actual_start and task.actual_finish and task.actual_finish < task.actual_start:
            element.bad("ActualFinish", "finished_before")
        if task.constraint not in mspdi.CONSTRAINTS:
            element.bad("ConstraintType", "bad_number")

    def _link(self, element, task):
        if element.flag("CrossProject"):
            self._remark(element, "cross_project", task.name, element.text("CrossProjectName"))
            return None
        source, kind = element.number("PredecessorUID"), element.number("Type", 1)
        if source is None:
            self.faults.append(Fault(element.line, "no_predecessor", task.name))
            return None
        if kind not in mspdi.LINK_KINDS:
            return element.bad("Type", "bad_kind")
        form, lag = element.number("LagFormat", mspdi.DAYS_FORMAT), element.number("LinkLag", 0.0, float)
        link = FileLink(source, mspdi.LINK_KINDS[kind], elapsed=form in mspdi.ELAPSED_FORMATS, line=element.line)
        if form in mspdi.PERCENT_FORMATS:
            link.percent = lag
        else:
            link.lag = round(lag * 6)  # tenths of a minute, whatever the format says
        return link

    def _check_tasks(self):
        """Uids that are used twice, links that lead nowhere; summaries are those that have something below them."""
        known, tasks = {}, self.plan.tasks
        for task, following in zip_longest(tasks, tasks[1:]):
            if task.uid in known:
                self.faults.append(Fault(task.line, "uid_twice", task.name, str(task.uid)))
            known[task.uid] = task
            task.summary = bool(following and following.level > task.level)
        left_out = {int(text) for element in self.root.all("Tasks", "Task")
                    if (text := element.text("UID")).isdigit()} - known.keys()
        for task in tasks:
            for link in task.links:
                if link.source not in known and link.source not in left_out:
                    self.faults.append(Fault(link.line, "unknown_predecessor", task.name, str(link.source)))
                elif link.source in left_out:
                    self.plan.remarks.append(Fault(link.line, "link_left_out", task.name, str(link.source)))
            task.links = [link for link in task.links if link.source in known]

    def _assign(self):
        known = {task.uid for task in self.plan.tasks}
        for element in self.root.all("Assignments", "Assignment"):
            pair = element.number("TaskUID"), element.number("ResourceUID")
            if pair[0] in known and pair[1] in self.plan.resources:
                self.plan.assignments.append(pair)

    def _calendar(self, element):
        base = element.number("BaseCalendarUID", -1)
        calendar = FileCalendar(
            element.number("UID", 0), element.text("Name"), base if base >= 0 else None, line=element.line)
        for exception in element.all("Exceptions", "Exception"):
            self._except(calendar, exception, exception.text("Name"))
        for day in element.all("WeekDays", "WeekDay"):
            number = day.number("DayType", 0)
            if number:
                calendar.days[(number - 2) % 7] = self._hours(day)
            else:
                self._except(calendar, day, "")  # as written up to 2003, and beside the former ever since
        calendar.exceptions.sort(key=lambda exception: exception.first)
        return calendar

    def _except(self, calendar, element, name):
        if element.number("Type", 1) not in (1, 9):
            self._remark(element, "recurring_exception", calendar.name, name)
            return
        for period in element.all("TimePeriod"):
            first, last = period.moment("FromDate"), period.moment("ToDate")
            if first and last:
                exception = FileException(name, first.date(), last.date(), self._hours(element))
                same = [(other.first, other.last) for other in calendar.exceptions]
                if (exception.first, exception.last) not in same:
                    calendar.exceptions.append(exception)

    @staticmethod
    def _hours(element):
        """Pairs of seconds since midnight; an end at midnight is the day's end."""
        if not element.flag("DayWorking"):
            return []
        hours = []
        for part in element.all("WorkingTimes", "WorkingTime"):
            if part.has("FromTime") and part.has("ToTime"):
                start, stop = part.time("FromTime"), part.time("ToTime") or 86400
                if stop in (86399, 86340):
                    stop = 86400
                if start < stop:
                    hours.append((start, stop))
        return hours


def parents(tasks):
    """Uid of each task's summary by its own, from the outline; a level that was jumped over is none."""
    found, open_tasks = {}, []
    for task in tasks:
        while open_tasks and open_tasks[-1].level >= task.level:
            open_tasks.pop()
        found[task.uid] = open_tasks[-1].uid if open_tasks else None
        open_tasks.append(task)
    return found
