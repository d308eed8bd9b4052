from datetime import date, datetime, timedelta

from pytz import timezone, utc

from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import BaseCommon

SHANGHAI = timezone("Asia/Shanghai")


class PlanCommon(BaseCommon):
    """A company that works 8-12 and 13-17 in Shanghai, its people, and a plan of four items in a row.

    Design 16 h, Buy 40 h, Assemble 24 h, Ready (milestone); it begins on Monday 7 December 2026 and is promised for
    31 December.
    """

    NOW = "2026-12-04 01:00:00"  # Friday 9:00 in Shanghai

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Plans"})
        cls.env.user.write({"company_ids": [Command.link(cls.company.id)], "company_id": cls.company.id})
        cls.env = cls.env(context=dict(cls.env.context, allowed_company_ids=cls.company.ids))
        cls.calendar = cls._calendar("Works")
        cls.company.resource_calendar_id = cls.calendar
        cls.planner = cls._user("planner", "project_plan.group_planner")
        cls.designer = cls._user("designer", "project.group_project_user")
        cls.buyer = cls._user("buyer", "project.group_project_user")
        cls.fitter = cls._user("fitter", "project.group_project_user")
        cls.design = cls._department("Design", cls.designer)
        cls.buying = cls._department("Buying", cls.buyer)
        cls.workshop = cls._department("Workshop", cls.fitter)
        cls.template = cls._template()
        cls.plan = cls._plan()
        cls.first, cls.second, cls.third, cls.last = cls.plan.plan_item_ids.sorted("sequence")

    @classmethod
    def _calendar(cls, name, hours=((8, 12), (13, 17)), days="01234"):
        return cls.env["resource.calendar"].create({
            "name": name, "tz": "Asia/Shanghai", "company_id": cls.company.id, "attendance_ids": [Command.clear(), *(
                Command.create({"name": f"{day} {start}", "dayofweek": day, "hour_from": start, "hour_to": stop,
                                "day_period": "morning" if stop <= 12 else "afternoon"})
                for day in days for start, stop in hours)]})

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(
            cls.env, f"plan_{login}", groups=groups, company_id=cls.company.id, tz="Asia/Shanghai",
            company_ids=[Command.set(cls.company.ids)], email=f"{login}@plans.example.com")

    @classmethod
    def _department(cls, name, manager):
        department = cls.env["hr.department"].create({"name": name, "company_id": cls.company.id})
        department.manager_id = cls.env["hr.employee"].create({
            "name": manager.name, "user_id": manager.id, "company_id": cls.company.id,
            "department_id": department.id, "resource_calendar_id": cls.calendar.id})
        return department

    @classmethod
    def _template(cls, **values):
        template = cls.env["project.plan.template"].create({
            "name": "Cabinet", "plan_kind": "regular", "company_id": cls.company.id, "item_ids": [
                Command.create({"name": name, "department_id": department.id, "duration_hours": hours,
                                "is_milestone": not hours, "sequence": number})
                for number, (name, department, hours) in enumerate((
                    ("Design", cls.design, 16), ("Buy", cls.buying, 40), ("Assemble", cls.workshop, 24),
                    ("Ready", cls.workshop, 0)))], **values})
        items = template.item_ids
        template.link_ids = [
            Command.create({"predecessor_id": source.id, "successor_id": target.id})
            for source, target in zip(items, items[1:], strict=False)]
        return template

    @classmethod
    def _plan(cls, template=None, **values):
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            return cls.env["project.project"].with_user(cls.planner)._plan_from_template(
                template or cls.template, cls._at("2026-12-07 08:00"), date(2026, 12, 31),
                {"name": "S1", "company_id": cls.company.id, **values}).sudo(False)

    @classmethod
    def _at(cls, text):
        """Naive UTC of a wall-clock time in Shanghai."""
        return SHANGHAI.localize(datetime.strptime(text, "%Y-%m-%d %H:%M")).astimezone(utc).replace(tzinfo=None)

    @classmethod
    def _shown(cls, moment):
        """Wall-clock time in Shanghai of a naive UTC moment, without the year."""
        return moment and (moment.replace(tzinfo=utc).astimezone(SHANGHAI)).strftime("%m-%d %H:%M")

    def _dates(self, tasks, name="planned"):
        """Start and finish of items as wall-clock times."""
        tasks.invalidate_recordset()
        return [(self._shown(task[f"{name}_start"]), self._shown(task[f"{name}_finish"])) for task in tasks]

    def _settle_transaction(self):
        """What happens before a transaction ends."""
        self.env.cr.flush()

    def _holiday(self, first, last=None, calendar=None, **values):
        return self.env["resource.calendar.leaves"].create({
            "name": "Off", "calendar_id": (calendar or self.calendar).id, "company_id": self.company.id,
            "date_from": self._at(f"{first} 00:00"),
            "date_to": self._at(f"{last or first} 00:00") + timedelta(hours=23, minutes=59, seconds=59), **values})
