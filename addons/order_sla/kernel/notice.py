"""The State Council's yearly notice (国务院办公厅关于…部分节假日安排的通知), from its pasted text.

Its sentences are regular: the name of a holiday, its first and last day, how many days are off, and the weekend days
that are worked (上班). The weekdays and the number of days that it tells are checked against the dates, so that a slip
in copying, or the wrong year, does not pass.
"""
import re
import unicodedata
from datetime import date

from .official_days import Fault, Span, Unreadable, official_year

TITLE = re.compile(r"(\d{4})\s*年(?:部分)?节假日")
HEAD = re.compile(r"[一二三四五六七八九十]+、([^:。;\d]{1,20}):")
DATE = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^()]*)\))?")
DAYS = re.compile(r"(\d+)天")
WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
WEEKDAYS = {sign: number for number, sign in enumerate("一二三四五六日")} | {"天": 6}
OFF, WORKED, LIEU, REST = "放假", "上班", "补休", "休"


def read(text, year):
    """The year that the notice tells.

    :raise Unreadable: with every fault of the text, by line
    """
    reader = _Reader(year)
    for number, line in enumerate(text.splitlines(), 1):
        reader.line(number, unicodedata.normalize("NFKC", line).strip())
    return reader.result()


class _Reader:
    def __init__(self, year):
        self.year, self.named, self.dated = year, "", False
        self.spans, self.faults, self.unused = [], [], []

    def line(self, number, text):
        title = TITLE.search(text)
        if title:
            self.dated = True
            if int(title[1]) != self.year:
                self.faults.append(Fault("notice_year", number, (int(title[1]), self.year)))
            text = text[title.end():]
        at = 0
        for head in HEAD.finditer(text):
            self._sentences(number, text[at:head.start()])
            self.named, at = head[1].strip(), head.end()
        self._sentences(number, text[at:])

    def _sentences(self, number, text):
        for sentence in re.split(r"[。;]", re.sub(r"\s+", "", text)):
            keyword = next((word for word in (OFF, WORKED) if word in sentence), None)
            if not DATE.search(sentence):
                continue
            if keyword:
                try:
                    self._take(number, sentence, keyword)
                except Unreadable as error:
                    self.faults += error.faults
            elif REST in sentence:
                self.unused.append(sentence)

    def _take(self, number, sentence, keyword):
        if not self.named:
            raise Unreadable(Fault("unnamed", number, (sentence,)))
        dates, _keyword, rest = sentence.partition(keyword)
        spans = [self._span(number, part, keyword == WORKED) for part in self._parts(dates)]
        told = DAYS.search(rest) if keyword == OFF else None
        days = sum(len(span.dates()) for span in spans)
        if told and int(told[1]) != days:
            raise Unreadable(Fault("count", number, (sentence, int(told[1]), days)))
        self.spans += spans
        if keyword == OFF and LIEU in rest:  # a holiday on a weekend: the day in lieu stands behind it
            self._take(number, re.sub(r"共?\d+天", "", rest).strip("、,"), LIEU)

    def _parts(self, text):
        """What stands between commas; a comma inside brackets separates nothing."""
        return [part for part in re.split(r"[、,和](?![^()]*\))", text) if part]

    def _span(self, number, text, worked):
        words = [part.removeprefix("自") for part in re.split(r"[至到~-](?![^()]*\))", text)]
        matches = [DATE.fullmatch(word) for word in words]
        if len(words) > 2 or not all(matches):
            raise Unreadable(Fault("dates", number, (text,)))
        first = self._date(number, matches[0], None)
        last = self._date(number, matches[-1], first)
        if last < first:
            raise Unreadable(Fault("backwards", number, (text,)))
        return Span(self.named, first, last, worked, number)

    def _date(self, number, match, first):
        year, month, day, remark = match.groups()
        if not month and not first and not self.spans:
            raise Unreadable(Fault("dates", number, (match[0],)))
        before = first or (self.spans[-1].last if self.spans else None)
        month = int(month) if month else before.month
        year = int(year) if year else self._guess(first, month)
        try:
            found = date(year, month, int(day))
        except ValueError:
            raise Unreadable(Fault("no_day", number, (match[0], year))) from None
        told = WEEKDAY.search(remark or "")
        if told:
            self.dated = True
            if WEEKDAYS[told[1]] != found.weekday():
                raise Unreadable(Fault("weekday", number, (found, match[0])))
        return found

    def _guess(self, first, month):
        """A date without a year is of the notice's, or goes on from the first day (31 December to 2 January)."""
        return first.year + (month < first.month) if first else self.year

    def result(self):
        if self.faults:
            raise Unreadable(*self.faults)
        if not self.spans:
            raise Unreadable(Fault("nothing", 0, (self.year,)))
        if not self.dated:
            raise Unreadable(Fault("no_year", 0, (self.year,)))
        return official_year(self.year, self.spans, self.unused)
