from datetime import date

from odoo.tests import BaseCase

from ..kernel import day_files, notice
from ..kernel.official_days import Known, Unreadable, from_package, planned, years_due

#: the dates of the notices of 4 November 2025 and 12 November 2024
NOTICE_2026 = """国务院办公厅关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。"""
NOTICE_2025 = """国务院办公厅关于2025年部分节假日安排的通知
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。"""


def days(spans):
    return [(f"{span.first:%m%d}-{span.last:%m%d}", span.name) for span in spans]


def faults(reader, text, year=2026):
    try:
        reader(text, year)
    except Unreadable as error:
        return [(fault.code, fault.line) for fault in error.faults]
    return []


class TestOfficialDays(BaseCase):
    """Days off and make-up days from each kind of source: the kernel alone."""

    def test_notice_of_2026(self):
        """SLA-1: the notice's sentences give the days off and the weekend days that are worked."""
        year = notice.read(NOTICE_2026, 2026)
        self.assertEqual(days(year.off), [
            ("0101-0103", "元旦"), ("0215-0223", "春节"), ("0404-0406", "清明节"), ("0501-0505", "劳动节"),
            ("0619-0621", "端午节"), ("0925-0927", "中秋节"), ("1001-1007", "国庆节")])
        self.assertEqual(days(year.worked), [
            ("0104-0104", "元旦"), ("0214-0214", "春节"), ("0228-0228", "春节"), ("0509-0509", "劳动节"),
            ("0920-0920", "国庆节"), ("1010-1010", "国庆节")])

    def test_notice_of_2025(self):
        """SLA-1: one day off, a holiday over the end of a month, two holidays in one."""
        year = notice.read(NOTICE_2025, 2025)
        self.assertEqual(days(year.off), [
            ("0101-0101", "元旦"), ("0128-0204", "春节"), ("0404-0406", "清明节"), ("0501-0505", "劳动节"),
            ("0531-0602", "端午节"), ("1001-1008", "国庆节、中秋节")])
        self.assertEqual([f"{span.first:%m%d}" for span in year.worked], ["0126", "0208", "0427", "0928", "1011"])

    def test_notice_pasted_in_any_shape(self):
        """SLA-1: one long line, broken lines, half-width signs: the same days."""
        expected = notice.read(NOTICE_2026, 2026)
        for text in (NOTICE_2026.replace("\n", ""), NOTICE_2026.replace("。", "。\n"),
                     NOTICE_2026.replace("：", ":").replace("（", "(").replace("）", ")").replace("周", "星期")):
            found = notice.read(text, 2026)
            self.assertEqual((days(found.off), days(found.worked)), (days(expected.off), days(expected.worked)))

    def test_holiday_that_begins_in_december(self):
        """SLA-1: New Year's days over the turn of the year keep their years."""
        text = NOTICE_2026.replace("1月1日（周四）至3日（周六）放假调休，共3天",
                                   "2025年12月31日至2026年1月3日放假调休，共4天")
        self.assertEqual(notice.read(text, 2026).off[0].first, date(2025, 12, 31))

    def test_day_in_lieu_of_a_holiday_on_a_weekend(self):
        """SLA-1: the day in lieu (补休) behind the day off, as notices gave it from 2014 to 2017, is a day off, too."""
        for said in ("5月1日放假，5月4日（星期一）补休", "5月1日放假1天、5月4日补休"):
            with self.subTest(said=said):
                text = NOTICE_2026.replace("5月1日（周五）至5日（周二）放假调休，共5天", said)
                year = notice.read(text, 2026)
                self.assertEqual([day for day in days(year.off) if day[1] == "劳动节"],
                                 [("0501-0501", "劳动节"), ("0504-0504", "劳动节")])
                self.assertEqual(year.unused, ())
        slip = NOTICE_2026.replace("4月4日（周六）至6日（周一）放假，共3天", "4月4日放假，4月6日（周二）补休")
        self.assertEqual(faults(notice.read, slip), [("weekday", 4)])

    def test_advice_is_not_taken_for_a_day_off(self):
        """SLA-1: that people are encouraged to rest on a day is told, not loaded."""
        text = NOTICE_2026.replace("上班。\n三", "上班。鼓励安排职工在2月13日休息。\n三")
        year = notice.read(text, 2026)
        self.assertEqual(days(year.off), days(notice.read(NOTICE_2026, 2026).off))
        self.assertEqual(year.unused, ("鼓励安排职工在2月13日休息",))

    def test_slips_in_the_notice_are_named_by_line(self):
        """SLA-1: each fault of the text with its line: weekday, number of days, date, make-up day on a working day."""
        for old, new, expected in (
                ("10日（周六）", "10日（周五）", [("weekday", 8)]),
                ("共9天", "共8天", [("count", 3)]),
                ("4月4日（周六）", "4月31日", [("no_day", 4)]),
                ("6日（周一）放假，共3天", "3日放假，共3天", [("backwards", 4)]),
                ("5月9日（周六）", "5月中旬5月9日", [("dates", 5)]),
                ("5月9日（周六）上班", "5月11日上班", [("no_weekend", 5)]),
                ("1月4日（周日）上班", "1月3日上班", [("both", 2)]),
                ("一、元旦：", "", [("unnamed", 2), ("unnamed", 2)])):
            with self.subTest(new=new):
                self.assertEqual(faults(notice.read, NOTICE_2026.replace(old, new)), expected)
        twice = NOTICE_2026.replace("共9天", "共8天").replace("共7天", "共6天")
        self.assertEqual(faults(notice.read, twice), [("count", 3), ("count", 8)])

    def test_no_year_is_guessed(self):
        """SLA-1: another year's notice, a text that tells no year, half a notice, nothing: all refused."""
        self.assertIn(("notice_year", 1), faults(notice.read, NOTICE_2026, 2027))
        self.assertTrue(faults(notice.read, NOTICE_2026.partition("\n")[2], 2027), "the weekdays are of another year")
        bare = "一、元旦：1月1日放假。"
        self.assertEqual(faults(notice.read, bare), [("no_year", 0)])
        self.assertEqual(faults(notice.read, NOTICE_2026.partition("七、")[0]), [("not_held", 0)])
        lines = NOTICE_2026.splitlines()
        self.assertEqual(faults(notice.read, "\n".join(lines[:2] + lines[3:])), [("not_held", 0)])
        self.assertEqual(faults(notice.read, "节假日期间要值班。"), [("nothing", 0)])

    def _csv(self, separator=",", header=("日期", "结束", "名称", "类型")):
        year = notice.read(NOTICE_2026, 2026)
        rows = [header, *((f"{span.first:%Y/%m/%d}", f"{span.last}", span.name, "班" if span.worked else "休")
                          for span in (*year.off, *year.worked))]
        return "\r\n".join(separator.join(row) for row in rows)

    def test_table(self):
        """SLA-1: a table, in the encodings and with the separators that spreadsheets write."""
        expected = notice.read(NOTICE_2026, 2026)
        for content in (self._csv().encode("utf-8-sig"), self._csv(";").encode("gb18030"),
                        self._csv("\t", ("from", "to", "name", "kind")).encode()):
            found = day_files.read_csv(content, 2026)
            self.assertEqual((days(found.off), days(found.worked)), (days(expected.off), days(expected.worked)))

    def test_faults_of_a_table(self):
        """SLA-1: a table's faults by line; a year that it does not hold is refused."""
        text = self._csv()
        wrong = text.replace("2026/02/15", "15 Feb").replace("5-05,劳动节,休", "5-05,劳动节,?")
        self.assertEqual(faults(day_files.read_csv, wrong.encode()), [("dates", 3), ("kind", 5)])
        self.assertEqual(faults(day_files.read_csv, text.replace("类型", "x").encode()), [("columns", 1)])
        self.assertEqual(faults(day_files.read_csv, text.encode(), 2027), [("nothing", 0)])
        self.assertEqual(faults(day_files.read_csv, b"\xff\xfe\x81"), [("encoding", 0)])

    def _ics(self, title="{name}（{kind}）"):
        year = notice.read(NOTICE_2026, 2026)
        events = [
            f"BEGIN:VEVENT\r\nUID:{day}\r\nDTSTART;VALUE=DATE:{day:%Y%m%d}\r\n"
            f"SUMMARY:{title.format(name=span.name, kind='班' if span.worked else '休')}\r\nEND:VEVENT\r\n"
            for span in (*year.off, *year.worked) for day in span.dates()]
        events.append("BEGIN:VEVENT\r\nUID:x\r\nDTSTART;VALUE=DATE:20260214\r\nSUMMARY:情人节\r\nEND:VEVENT\r\n")
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(events) + "END:VCALENDAR\r\n"

    def test_calendar_file(self):
        """SLA-1: an .ics with an event a day; days in a row under one name are one holiday, other events are told."""
        expected = notice.read(NOTICE_2026, 2026)
        for title in ("{name}（{kind}）", "{name} {kind}"):
            found = day_files.read_ics(self._ics(title).encode(), 2026)
            self.assertEqual((days(found.off), days(found.worked)), (days(expected.off), days(expected.worked)))
            self.assertEqual(found.unused, ("情人节",))

    def test_calendar_file_with_durations(self):
        """SLA-1: an event may say how long it is in place of its end (RFC 5545, 3.6.1); one that repeats is refused."""
        year = notice.read(NOTICE_2026, 2026)
        events = [
            f"BEGIN:VEVENT\r\nUID:{span.first}\r\nDTSTART;VALUE=DATE:{span.first:%Y%m%d}\r\n"
            f"DURATION:P{(span.last - span.first).days + 1}D\r\n"
            f"SUMMARY:{span.name} {'班' if span.worked else '休'}\r\nEND:VEVENT\r\n"
            for span in (*year.off, *year.worked)]
        text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(events) + "END:VCALENDAR\r\n"
        found = day_files.read_ics(text.encode(), 2026)
        self.assertEqual((days(found.off), days(found.worked)), (days(year.off), days(year.worked)))
        repeated = text.replace("SUMMARY", "RRULE:FREQ=YEARLY\r\nSUMMARY", 1)
        self.assertEqual(faults(day_files.read_ics, repeated.encode()), [("repeats", 0)])

    def test_faults_of_a_calendar_file(self):
        """SLA-1: what is no calendar, an event without a date, a calendar of other years: refused."""
        text = self._ics()
        self.assertEqual(faults(day_files.read_ics, b"BEGIN:VCALENDAR\r\nbroken\r\n")[0][0], "ics")
        undated = text.replace("DTSTART;VALUE=DATE:20260101\r\n", "", 1)
        self.assertEqual(faults(day_files.read_ics, undated.encode()), [("event", 0)])
        self.assertEqual(faults(day_files.read_ics, text.encode(), 2027), [("nothing", 0)])

    def test_package_is_asked_for_what_it_holds(self):
        """SLA-1: the package's tables give the year; one they do not hold, or hold in part, is refused."""
        year = notice.read(NOTICE_2026, 2026)
        off = {day: span.name for span in year.off for day in span.dates()}
        worked = {span.first: span.name for span in year.worked}
        found = from_package(2026, off, worked)
        self.assertEqual((days(found.off), days(found.worked)), (days(year.off), days(year.worked)))
        for tables, code in (((off, worked), "package_year"), (({date(2027, 1, 1): "元旦"}, {}), "not_held")):
            with self.assertRaises(Unreadable) as caught:
                from_package(2027, *tables)
            self.assertEqual(caught.exception.faults[0].code, code)

    def test_plan_adds_what_is_lacking(self):
        """SLA-4: what people entered stays, days that it lacks are added, and the same twice changes nothing."""
        year = notice.read(NOTICE_2026, 2026)
        covered = set(year.off[0].dates()) | {date(2026, 2, 17)}
        rows = planned(year, [], [Known(7, "Own", date(2026, 1, 4), date(2026, 1, 4), own=False)], covered)
        self.assertEqual([(row[0], f"{row[3]:%m%d}-{row[4]:%m%d}") for row in rows[:6]], [
            ("keep", "0101-0103"), ("keep", "0104-0104"), ("add", "0214-0214"), ("add", "0215-0216"),
            ("add", "0218-0223"), ("add", "0228-0228")])
        leaves = [Known(n, row[2], row[3], row[4], own=True) for n, row in enumerate(rows, 1)
                  if row[0] == "add" and not row[1]]
        extra = [Known(n, row[2], row[3], row[4], own=True) for n, row in enumerate(rows, 1) if row[1]]
        self.assertEqual({row[0] for row in planned(year, leaves, extra, covered)}, {"keep"})

    def test_plan_follows_a_corrected_notice(self):
        """SLA-4: what a former load made is changed or removed with its source; what people entered never."""
        year = notice.read(NOTICE_2026, 2026)
        former = [Known(1, "春节", date(2026, 2, 15), date(2026, 2, 21), own=True),
                  Known(2, "Gone", date(2026, 7, 1), date(2026, 7, 1), own=True)]
        extra = [Known(3, "Gone", date(2026, 8, 1), date(2026, 8, 1), own=True),
                 Known(4, "Our own", date(2026, 8, 8), date(2026, 8, 8), own=False),
                 Known(5, "Our own", date(2026, 10, 5), date(2026, 10, 5), own=False)]
        rows = {row[5]: row for row in planned(year, former, extra, set())}
        self.assertEqual(rows[1][:5], ("change", False, "春节", date(2026, 2, 15), date(2026, 2, 23)))
        self.assertEqual((rows[2][0], rows[3][0], rows[5][0]), ("remove", "remove", "worked"))
        self.assertNotIn(4, rows)

    def test_years_due(self):
        """SLA-1: the coming year is due from 1 December on."""
        self.assertEqual(years_due(date(2026, 11, 30)), [2026])
        self.assertEqual(years_due(date(2026, 12, 1)), [2026, 2027])
