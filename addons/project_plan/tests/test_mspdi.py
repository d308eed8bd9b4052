"""PLN-3: project files of Microsoft Project (XML), without a database."""
from datetime import date, datetime

from odoo.tests import BaseCase

from ..kernel import mspdi
from ..kernel.mspdi import BadFile, FileCalendar, FileException, FileLink, FilePlan, FileTask
from ..kernel.mspdi_read import parents, read
from ..kernel.mspdi_write import write

HOUR = 3600
DAY = [(8 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR)]
#: Order of the published schema (mspdi_pj12), of the elements that are written here.
TASK_ORDER = """UID ID Name Type IsNull WBS OutlineNumber OutlineLevel Priority Start Finish Duration DurationFormat
    EffortDriven Estimated Milestone Summary Critical PercentComplete ActualStart ActualFinish RemainingDuration
    ConstraintType CalendarUID ConstraintDate Deadline IgnoreResourceCalendar Notes PredecessorLink Baseline Active
    Manual""".split()


def example():
    """A plan with one of everything that is taken over."""
    return FilePlan(
        "S2026-118 <1> & more", datetime(2026, 3, 2, 8), datetime(2026, 3, 30, 17), 1, 480, [
            FileTask(1, "设计 Design", 1, summary=True, start=datetime(2026, 3, 2, 8),
                     finish=datetime(2026, 3, 4, 17), duration=24 * HOUR),
            FileTask(2, "Drawing", 2, start=datetime(2026, 3, 2, 8), finish=datetime(2026, 3, 4, 17),
                     duration=24 * HOUR, percent=50, actual_start=datetime(2026, 3, 2, 8), calendar=2,
                     baseline_start=datetime(2026, 3, 2, 8), baseline_finish=datetime(2026, 3, 3, 17),
                     notes="a & b <c>", critical=True),
            FileTask(3, "Approved", 2, milestone=True, start=datetime(2026, 3, 4, 17),
                     finish=datetime(2026, 3, 4, 17), duration=0, links=[FileLink(2)]),
            FileTask(4, "Drying", 1, start=datetime(2026, 3, 5, 8), finish=datetime(2026, 3, 8, 8),
                     duration=72 * HOUR, elapsed=True, constraint=4, constraint_date=datetime(2026, 3, 5, 8),
                     deadline=datetime(2026, 3, 30, 17), links=[
                         FileLink(1, "ss", -4 * HOUR), FileLink(3, "ff", 90 * 60),
                         FileLink(2, "sf", 24 * HOUR, elapsed=True)]),
            FileTask(5, "Half", 1, start=datetime(2026, 3, 9, 8), finish=datetime(2026, 3, 9, 12),
                     duration=4 * HOUR, percent=100, actual_start=datetime(2026, 3, 9, 8),
                     actual_finish=datetime(2026, 3, 9, 12), links=[FileLink(4, percent=50)], manual=True),
        ], [
            FileCalendar(1, "Standard", days={**dict.fromkeys(range(5), DAY), 5: [], 6: []}, exceptions=[
                FileException("Make-up", date(2026, 3, 14), date(2026, 3, 14), DAY),
                FileException("Qingming", date(2026, 4, 4), date(2026, 4, 6))]),
            FileCalendar(2, "Round the clock on Mondays", 1, {0: [(0, 86400)]}),
        ], {1: "Design", 2: "Li"}, [(2, 1), (2, 2)])


def file(tasks="", extra="", name="Project"):
    return f'<{name} xmlns="{mspdi.NAMESPACE}">{extra}<Tasks>{tasks}</Tasks></{name}>'.encode()


def task(uid=1, **values):
    fields = {"UID": uid, "Name": f"Task {uid}", "OutlineLevel": 1, "Duration": "PT8H0M0S", **values}
    return "<Task>" + "".join(f"<{name}>{value}</{name}>" for name, value in fields.items()) + "</Task>"


def link(source, kind=1, lag=0, form=7):
    return (f"<PredecessorUID>{source}</PredecessorUID><Type>{kind}</Type><LinkLag>{lag}</LinkLag>"
            f"<LagFormat>{form}</LagFormat>")


class TestMspdi(BaseCase):
    def _faults(self, content):
        with self.assertRaises(BadFile) as caught:
            read(content)
        return [(fault.line, fault.code, fault.about, fault.value) for fault in caught.exception.faults]

    def test_what_is_written_is_read_again(self):
        """PLN-3: links of four kinds with leads and lags, calendars, baselines, milestones, summaries, actual dates."""
        plan = example()
        self.assertEqual(read(write(plan)), plan)

    def test_elements_stand_in_the_order_of_the_schema(self):
        """PLN-3: Microsoft Project drops what stands out of its order."""
        from lxml import etree
        root = etree.fromstring(write(example()))
        order = {name: number for number, name in enumerate(TASK_ORDER)}
        for element in root.iter(f"{{{mspdi.NAMESPACE}}}Task"):
            numbers = [order[etree.QName(child).localname] for child in element]
            self.assertEqual(numbers, sorted(numbers))
        names = [etree.QName(child).localname for child in root]
        self.assertEqual(names[-4:], ["Calendars", "Tasks", "Resources", "Assignments"])

    def test_links_have_their_numbers_and_tenths_of_minutes(self):
        """PLN-3: 0 is FF, 1 FS, 2 SF, 3 SS; a lag is in tenths of a minute, whatever unit its format shows."""
        plan = read(file(task(1) + "".join(
            task(number + 2, PredecessorLink=link(1, number, 4800, form)) for number, form in enumerate((7, 5, 9, 8)))))
        self.assertEqual([(item.links[0].kind, item.links[0].lag, item.links[0].elapsed) for item in plan.tasks[1:]], [
            ("ff", 8 * HOUR, False), ("fs", 8 * HOUR, False), ("sf", 8 * HOUR, False), ("ss", 8 * HOUR, True)])
        plan = read(file(task(1) + task(2, PredecessorLink=link(1, lag=-25, form=19))))
        self.assertEqual(plan.tasks[1].links, [FileLink(1, percent=-25)])

    def test_sparse_files_of_other_tools(self):
        """PLN-3: no namespace, no outline, no dates, no calendar, a day in a duration: read as far as it goes."""
        plan = read(b"<Project><Tasks><Task><UID>7</UID><Name>Only a name</Name></Task>"
                    b"<Task><UID>8</UID><Name>Days</Name><Duration>P2DT4H</Duration></Task></Tasks></Project>")
        self.assertEqual([(item.name, item.level, item.duration, item.start) for item in plan.tasks], [
            ("Only a name", 1, None, None), ("Days", 1, 20 * HOUR, None)])

    def test_rows_that_are_no_tasks(self):
        """PLN-3: the project's own row, empty rows, inactive tasks and those of other projects; links go with them."""
        plan = read(file(
            task(0, OutlineLevel=0, Name="The project") + "<Task><UID>1</UID><IsNull>1</IsNull></Task>"
            + task(2, Active=0) + task(3, ExternalTask=1) + task(4, PredecessorLink=link(2))
            + task(5, PredecessorLink="<PredecessorUID>9</PredecessorUID><CrossProject>1</CrossProject>")))
        self.assertEqual((plan.name, [item.uid for item in plan.tasks]), ("The project", [4, 5]))
        self.assertFalse(plan.tasks[0].links + plan.tasks[1].links)
        self.assertEqual([fault.code for fault in plan.remarks], [
            "inactive", "external", "inactive", "cross_project", "link_left_out"])

    def test_outline_makes_summaries(self):
        """PLN-3: what has a deeper row below it is a summary, whatever its flag says; jumps of a level are no fault."""
        plan = read(file("".join(task(uid, OutlineLevel=level) for uid, level in enumerate((1, 2, 4, 2, 1, 1), 1))))
        self.assertEqual([item.summary for item in plan.tasks], [True, True, False, False, False, False])
        self.assertEqual(parents(plan.tasks), {1: None, 2: 1, 3: 2, 4: 1, 5: None, 6: None})

    def test_exceptions_in_both_places_count_once(self):
        """PLN-3: days off as they were written up to 2003, as they are now, or both; recurring ones are told."""
        period = "<TimePeriod><FromDate>2026-05-01T00:00:00</FromDate><ToDate>2026-05-03T23:59:00</ToDate></TimePeriod>"
        plan = read(file(extra=(
            "<Calendars><Calendar><UID>1</UID><Name>A</Name><WeekDays><WeekDay><DayType>0</DayType>"
            f"<DayWorking>0</DayWorking>{period}</WeekDay></WeekDays><Exceptions><Exception>{period}<Name>May</Name>"
            f"<Type>1</Type><DayWorking>0</DayWorking></Exception><Exception>{period}<Name>Yearly</Name><Type>2</Type>"
            "</Exception></Exceptions></Calendar></Calendars>")))
        self.assertEqual(plan.calendars[0].exceptions, [FileException("May", date(2026, 5, 1), date(2026, 5, 3))])
        self.assertEqual([(fault.code, fault.value) for fault in plan.remarks], [("recurring_exception", "Yearly")])

    def test_faults_are_told_by_line_all_at_once(self):
        """PLN-3, bad input: what stands where, for everything that is wrong in the file."""
        content = file("\n" + "\n".join([
            task(1, Duration="8 hours"), task(2, Start="02.03.2026"), task(2, PercentComplete=150),
            task("x"), task(5, PredecessorLink=link(77)), task(6, PredecessorLink=link(1, 9)),
            task(7, ActualStart="2026-03-03T08:00:00", ActualFinish="2026-03-02T08:00:00"),
            task(8, Start="2026-13-45T08:00:00")]))
        self.assertEqual(self._faults(content), [
            (2, "bad_duration", "Duration", "8 hours"), (3, "bad_date", "Start", "02.03.2026"),
            (4, "bad_percent", "PercentComplete", "150"), (4, "uid_twice", "Task 2", "2"),
            (5, "bad_number", "UID", "x"), (5, "no_uid", "Task x", ""),
            (6, "unknown_predecessor", "Task 5", "77"), (7, "bad_kind", "Type", "9"),
            (8, "finished_before", "ActualFinish", "2026-03-02T08:00:00"),
            (9, "bad_date", "Start", "2026-13-45T08:00:00")])

    def test_what_is_no_project_file(self):
        """PLN-3, bad input: no XML, another root, nothing, a document type, too large, too many."""
        self.assertEqual([self._faults(content)[0][1] for content in (
            b"", b"Task;Start", b"<Project>", b"\xd0\xcf\x11\xe0", file(name="Projekt"),
            b"<!DOCTYPE Project><Project/>", b"<Project>" + b" " * mspdi.MAX_BYTES)], [
            "no_xml", "no_xml", "no_xml", "no_xml", "no_project", "doctype", "too_big"])
        many = file("<Task><UID>1</UID></Task>" * (mspdi.MAX_TASKS + 1))
        self.assertEqual(self._faults(many)[0][1], "too_many")

    def test_entities_are_not_resolved(self):
        """PLN-3, bad input: neither inner entities nor files are read."""
        for entity in ('<!ENTITY name "text">', '<!ENTITY name SYSTEM "file:///etc/hostname">'):
            content = f"<!DOCTYPE Project [{entity}]><Project><Title>&name;</Title></Project>".encode()
            self.assertEqual(self._faults(content)[0][1], "doctype")
