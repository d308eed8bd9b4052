import base64
import sys
from datetime import date
from types import ModuleType, SimpleNamespace
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .test_official_days import NOTICE_2026
from .test_resource_calendar import CalendarCommon


@tagged("-at_install", "post_install")
class TestOfficialLoad(CalendarCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"resource_calendar_id": cls.calendar.id, "country_id": cls.env.ref("base.cn").id})
        cls.manager = cls._new_person("loader", "order_sla.group_order_sla_manager")
        cls.Load = cls.env["resource.calendar.official.load"].with_user(cls.manager)
        cls.Year = cls.env["resource.calendar.official.year"]

    @classmethod
    def _new_person(cls, login, groups):
        return new_test_user(cls.env, login, groups=f"base.group_user,{groups}", company_id=cls.company.id,
                             company_ids=[Command.set(cls.company.ids)], tz="Asia/Shanghai")

    def _wizard(self, text=NOTICE_2026, **values):
        return self.Load.create({"year": 2026, "company_id": self.company.id, "text": text, **values})

    def _load(self, text=NOTICE_2026, **values):
        wizard = self._wizard(text, **values)
        wizard.action_show()
        wizard.action_load()
        return {action for action, *_rest in map(lambda line: line._to_row(), wizard.line_ids)}

    def _year(self, year=2026):
        return self.Year.search([("company_id", "=", self.company.id), ("year", "=", year)])

    def test_nothing_changes_before_it_was_shown(self):
        """SLA-1: what will be added is shown first; only then it is done."""
        wizard = self._wizard()
        with self.assertRaises(UserError):
            wizard.action_load()
        wizard.action_show()
        self.assertEqual(wizard.line_ids.mapped("action"), ["add"] * 13)
        self.assertEqual(self._hours("2026-10-01"), "08:00-12:00 13:00-17:00")
        wizard.action_load()
        self.assertEqual(self._hours("2026-10-01"), "")
        self.assertEqual(self._hours("2026-10-08"), "08:00-12:00 13:00-17:00")
        self.assertEqual(self._hours("2026-02-14"), "08:00-12:00 13:00-17:00", "a make-up Saturday")
        self.assertEqual((self._year().state, self._year().source), ("loaded", "notice"))

    def test_repeated_load_changes_nothing(self):
        """SLA-4: the same notice again touches no record."""
        self._load()
        leaves, days = self._year().leave_ids, self._year().extra_day_ids
        self.env.flush_all()
        before = [(record.id, record.write_date) for record in (*leaves, *days.sorted("id"), self._year())]
        self.assertEqual((len(leaves), len(days)), (7, 6))
        with self.assertNoCreates():
            self.assertEqual(self._load(), {"keep"})
        self.env.invalidate_all()
        after = [(record.id, record.write_date)
                 for record in (*self._year().leave_ids, *self._year().extra_day_ids.sorted("id"), self._year())]
        self.assertEqual(after, before)

    def assertNoCreates(self):
        return patch.object(type(self.env["resource.calendar.leaves"]), "create",
                            side_effect=AssertionError("nothing is to be made"))

    def test_calendar_changed_after_it_was_shown(self):
        """SLA-4: if somebody enters a holiday meanwhile, what will happen is shown again instead of done."""
        wizard = self._wizard()
        wizard.action_show()
        self._new_leave("2026-10-01 00:00", "2026-10-03 23:59")
        wizard.action_load()
        self.assertTrue(wizard.is_changed)
        self.assertFalse(self._year().leave_ids)
        wizard.action_load()
        self.assertEqual(len(self._year().leave_ids), 7)

    def test_what_people_entered_stays(self):
        """SLA-4: own holidays and extra days are neither changed nor doubled; a day lacking in them is added."""
        mine = self._new_leave("2026-09-30 00:00", "2026-10-05 23:59")
        extra = self._new_extra_day("2026-10-10", dayofweek="4")
        self._load()
        added = self._year().leave_ids.filtered(lambda leave: leave.name == "国庆节")
        self.assertEqual(str(added.date_from), "2026-10-05 16:00:00")
        self.assertEqual(str(mine.date_to), "2026-10-05 15:59:00")
        self.assertEqual(extra.dayofweek, "4")
        self.assertNotIn(date(2026, 10, 10), self._year().extra_day_ids.mapped("date"))

    def test_holiday_of_one_calendar_is_none_of_the_other(self):
        """SLA-1: a department with own working hours gets the days off that only the company's calendar has."""
        other = self._new_calendar("Workshop")
        self.env["hr.department"].create({
            "name": "Workshop", "company_id": self.company.id, "resource_calendar_id": other.id})
        self._new_leave("2026-10-01 00:00", "2026-10-07 23:59")
        self._load()
        self.assertEqual(self._hours("2026-10-02", other), "")

    def test_corrected_notice_is_followed(self):
        """SLA-4: days of a former load move with the notice; a make-up day that is gone is taken back."""
        self._load()
        text = NOTICE_2026.replace("5日（周二）放假调休，共5天。5月9日（周六）上班", "4日（周一）放假，共4天")
        self.assertEqual(self._load(text), {"keep", "change", "remove"})
        self.assertEqual(self._hours("2026-05-05"), "08:00-12:00 13:00-17:00")
        self.assertEqual(self._hours("2026-05-09"), "")

    def test_faults_are_named_in_the_users_language(self):
        """SLA-1: every fault of the text stands in one message, with its line; nothing is loaded."""
        text = NOTICE_2026.replace("共9天", "共8天").replace("10日（周六）", "10日（周五）")
        with self.assertRaisesRegex(UserError, r"Line 3: .*8 days.*9(?s:.*)Line 8: .*2026-10-10"):
            self._wizard(text).action_show()
        with self.assertRaisesRegex(UserError, "about 2026, not about 2027"):
            self._wizard(year=2027).action_show()
        self.assertFalse(self._year().leave_ids)

    def test_file(self):
        """SLA-1: a table is loaded like the notice; without a file it says so."""
        rows = ["date,to,name,kind", "2026-01-01,2026-01-03,元旦,off", "2026-02-15,2026-02-23,春节,off",
                "2026-05-01,2026-05-05,劳动节,off", "2026-10-01,2026-10-07,国庆节,off", "2026-10-10,,国庆节,work"]
        with self.assertRaises(UserError):
            self._wizard(source="file").action_show()
        self._load(source="file", file_name="2026.csv", datas=base64.b64encode("\n".join(rows).encode()))
        self.assertEqual((len(self._year().leave_ids), len(self._year().extra_day_ids)), (4, 1))

    def test_package(self):
        """SLA-1: the package is used where it is installed and holds the year; else it is refused, not believed."""
        with patch.dict(sys.modules, {"chinese_calendar.constants": None}), \
                self.assertRaisesRegex(UserError, "not installed"):
            self._wizard(source="package").action_show()
        module = ModuleType("chinese_calendar.constants")
        names = ("Spring Festival",)
        module.Holiday = [SimpleNamespace(value=name, chinese="春节") for name in names]
        module.holidays = {date(2026, month, day): names[0] for month, day in (
            (1, 1), (2, 16), (2, 17), (2, 18), (5, 1), (10, 1), (10, 2), (10, 3))}
        module.workdays = {date(2026, 10, 10): names[0]}
        with patch.dict(sys.modules, {"chinese_calendar": ModuleType("chinese_calendar"),
                                      "chinese_calendar.constants": module}):
            with self.assertRaisesRegex(UserError, "does not hold 2027"):
                self._wizard(source="package", year=2027).action_show()
            self._load(source="package")
        self.assertIn("春节", self._year().leave_ids.mapped("name"))

    def test_who_may_load(self):
        """SLA-1: administrators of time limits and of HR load, for their companies; nobody else, by no other door."""
        hr = self._new_person("loader_hr", "hr.group_hr_manager")
        wizard = self.Load.with_user(hr).create({"year": 2026, "text": NOTICE_2026})
        wizard.action_show()
        wizard.action_load()
        self.assertEqual(self._year().state, "loaded")
        with self.assertRaises(AccessError):
            self._year().with_user(hr).state = "missing"
        clerk = self._new_person("loader_clerk", "base.group_user")
        with self.assertRaises(AccessError):
            self.Load.with_user(clerk).create({"year": 2026})
        stranger = self.env["res.company"].create({"name": "Not Yours"})
        foreign = self.Load.sudo().create({"year": 2026, "company_id": stranger.id, "text": NOTICE_2026})
        with self.assertRaises(AccessError):
            foreign.with_user(self.manager).action_show()

    def test_reminder_from_december_on(self):
        """SLA-1: the administrator is asked once for the year that is missing, and the settings say so, until it is
        loaded."""
        self._load()
        with freeze_time("2026-11-30 15:00:00"):  # 23:00 in Shanghai
            self.Year._cron_remind()
            self.assertFalse(self._year(2027).activity_ids)
            self.assertEqual(self._year(2027).state, "missing")
            self.company.invalidate_recordset()
            self.assertFalse(self.company.sla_missing_official_years)
        with freeze_time("2026-11-30 16:30:00"):
            self.Year._cron_remind()
            self.Year._cron_remind()
            todo = self._year(2027).activity_ids.filtered(lambda todo: todo.user_id == self.manager)
            self.assertEqual(len(todo), 1)
            self.assertEqual((todo.date_deadline, "2027" in todo.summary), (date(2026, 12, 31), True))
            self.company.invalidate_recordset()
            self.assertEqual(self.company.sla_missing_official_years, "2027")
            settings = self.env["res.config.settings"].create({"company_id": self.company.id})
            self.assertEqual(settings.sla_missing_official_years, "2027")
            self._year(2027)._apply([], "notice", "0")
            self.assertFalse(self._year(2027).activity_ids)
            self.company.invalidate_recordset()
            self.assertFalse(self.company.sla_missing_official_years)

    def test_company_elsewhere_is_left_alone(self):
        """SLA-1: a company that is not in China and has never loaded a year is not asked for one."""
        elsewhere = self.env["res.company"].create({"name": "Elsewhere", "country_id": self.env.ref("base.de").id})
        self.Year._cron_remind()
        self.assertFalse(elsewhere.sla_official_year_ids)
        self.assertFalse(elsewhere.sla_missing_official_years)
