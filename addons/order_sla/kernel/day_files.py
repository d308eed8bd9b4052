"""Official working days from a file: a table (CSV) or a calendar (.ics)."""
import csv
import io
import re
from datetime import date, datetime, timedelta

import vobject

from .official_days import Fault, Span, Unreadable, official_year

ENCODINGS = ("utf-8-sig", "gb18030")
COLUMNS = {
    "first": {"date", "first", "from", "start", "日期", "开始", "开始日期"},
    "last": {"last", "to", "end", "结束", "结束日期"},
    "name": {"name", "holiday", "名称", "节日", "节假日"},
    "kind": {"kind", "type", "类型", "安排"},
}
KINDS = {**dict.fromkeys(("off", "holiday", "休", "休息", "放假", "假"), False),
         **dict.fromkeys(("work", "worked", "workday", "班", "上班", "补班", "调休上班"), True)}
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
#: what calendars of holidays write to tell the two kinds apart, beside the name
WORKED, OFF = re.compile(r"班|\bwork", re.I), re.compile(r"休|假|\bholiday\b|\bday off\b", re.I)
REMARK = re.compile(r"[(（][^()（）]*[)）]|第\d+天.*|\s(?:假期|补班|放假|调休|上班|休|班).*")


def decoded(content):
    """Text of a file in one of the encodings that Excel writes in China."""
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(Fault("encoding"))


def read_csv(content, year):
    """The year that a table tells: columns date (or first and last day), name, kind (off or work).

    :raise Unreadable: with every fault of the file, by line
    """
    text = decoded(content)
    header = next((line for line in text.splitlines() if line.strip()), "")
    rows = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=header.count))
    columns, spans, faults = None, [], []
    for row in rows:
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        try:
            if columns is None:
                columns = _columns(cells, rows.line_num)
            else:
                spans.append(_row(dict(zip(columns, cells, strict=False)), rows.line_num))
        except Unreadable as error:
            faults += error.faults
            if columns is None:
                break
    return _year(year, spans, faults)


def _columns(cells, line):
    columns = [next((key for key, names in COLUMNS.items() if cell.lower() in names), cell) for cell in cells]
    if not {"first", "name", "kind"} <= set(columns):
        raise Unreadable(Fault("columns", line, (", ".join(cells),)))
    return columns


def _row(row, line):
    kind = row.get("kind", "").lower()
    if kind not in KINDS:
        raise Unreadable(Fault("kind", line, (row.get("kind", ""),)))
    first = _date(row["first"], line)
    last = _date(row["last"], line) if row.get("last") else first
    if last < first or (last - first).days > 60:
        raise Unreadable(Fault("backwards", line, (f"{first} - {last}",)))
    if not row.get("name"):
        raise Unreadable(Fault("unnamed", line, (row["first"],)))
    return Span(row["name"], first, last, KINDS[kind], line)


def _date(text, line):
    match = DATE.fullmatch(text)
    try:
        return date(*map(int, match.groups()))
    except (AttributeError, ValueError):
        raise Unreadable(Fault("dates", line, (text,))) from None


def read_ics(content, year):
    """The year that a calendar's events tell; which are off and which are worked stands in their titles (休, 班).

    :raise Unreadable: it is no calendar, or does not hold the year
    """
    try:
        events = [event for part in vobject.readComponents(decoded(content))
                  for event in part.contents.get("vevent", ())]
    except vobject.base.ParseError as error:
        raise Unreadable(Fault("ics", error.lineNumber or 0)) from None
    spans, faults, unused = [], [], []
    for event in events:
        title = event.summary.value if "summary" in event.contents else ""
        worked = bool(WORKED.search(title))
        if not worked and not OFF.search(title):
            unused.append(title)
            continue
        if event.contents.keys() & {"rrule", "rdate"}:  # days of years for which nothing is decided
            faults.append(Fault("repeats", 0, (title,)))
            continue
        try:
            first, last = _event_dates(event)
        except (AttributeError, TypeError, ValueError):  # what vobject has for an event without a readable date
            faults.append(Fault("event", 0, (title,)))
            continue
        spans.append(Span(REMARK.sub("", title).strip() or title, first, last, worked))
    return _year(year, spans, faults, unused)


def _event_dates(event):
    """First and last day of an event; the end of a whole day's event is the day after. It may stand as a duration."""
    start = event.dtstart.value
    stop = event.dtend.value if "dtend" in event.contents else None
    if stop is None and "duration" in event.contents:
        stop = start + event.duration.value
    whole = not isinstance(start, datetime)
    first = start if whole else start.date()
    last = first if stop is None else stop - timedelta(days=1) if whole else (stop - timedelta(seconds=1)).date()
    if not 0 <= (last - first).days <= 60:
        raise ValueError
    return first, last


def _year(year, spans, faults, unused=()):
    """A file may hold many years: what concerns none but others is left alone."""
    if faults:
        raise Unreadable(*faults)
    spans = [span for span in spans if year in (span.first.year, span.last.year)]
    if not spans:
        raise Unreadable(Fault("nothing", 0, (year,)))
    return official_year(year, spans, dict.fromkeys(unused))
