from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class SlaCommon(BaseCommon):
    """A company in Shanghai that works Monday to Friday, 8 to 12 and 13 to 17 o'clock; no public holidays.

    Departments: management (Zhao) > technology (Qian) > design (Sun), with Li as an engineer in design.
    Monday 2026-03-02, 9 o'clock in Shanghai, is 01:00 UTC.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls._new_calendar("Shanghai")
        cls.company = cls.env["res.company"].create({"name": "SLA Works", "resource_calendar_id": cls.calendar.id})
        cls.calendar.company_id = cls.company
        cls.env.user.write({"company_ids": [Command.link(cls.company.id)], "company_id": cls.company.id})
        cls.env = cls.env(context=dict(cls.env.context, allowed_company_ids=cls.company.ids, tz="Asia/Shanghai"))
        cls.zhao, cls.qian, cls.sun, cls.li = (cls._new_user(name) for name in ("zhao", "qian", "sun", "li"))
        cls.management = cls._new_department("Management", cls.zhao)
        cls.technology = cls._new_department("Technology", cls.qian, cls.management)
        cls.design = cls._new_department("Design", cls.sun, cls.technology)
        cls._new_employee(cls.li, cls.design)
        cls.Document = cls.env["test.order.sla.document"]
        cls.Clock = cls.env["sla.clock"]

    @classmethod
    def _new_calendar(cls, name, tz="Asia/Shanghai", hours=((8, 12), (13, 17)), days="01234"):
        return cls.env["resource.calendar"].create({
            "name": name, "tz": tz, "company_id": False,
            "attendance_ids": [Command.clear(), *(Command.create({
                "name": f"{day} {start}", "dayofweek": day, "hour_from": start, "hour_to": stop,
                "day_period": "morning" if stop <= 12 else "afternoon"}) for day in days for start, stop in hours)],
        })

    @classmethod
    def _new_user(cls, login, groups="base.group_user", company=None):
        company = company or cls.company
        return new_test_user(
            cls.env, f"sla_{login}", groups=groups, name=login.capitalize(), tz="Asia/Shanghai",
            company_id=company.id, company_ids=[Command.set(company.ids)])

    @classmethod
    def _new_employee(cls, user, department):
        return cls.env["hr.employee"].create({
            "name": user.name, "user_id": user.id, "company_id": cls.company.id, "department_id": department.id})

    @classmethod
    def _new_department(cls, name, manager=None, parent=None):
        department = cls.env["hr.department"].create({
            "name": name, "company_id": cls.company.id, "parent_id": parent.id if parent else False})
        if manager:
            department.manager_id = cls._new_employee(manager, department)
        return department

    @classmethod
    def _new_policy(cls, name="Answer", steps=(), **values):
        return cls.env["sla.policy"].create({
            "name": name,
            "model_id": cls.env["ir.model"]._get_id("test.order.sla.document"),
            "company_id": cls.company.id,
            "start_domain": "[('state', '=', 'submitted')]",
            "stop_domain": "[('state', '=', 'done')]",
            "pause_domain": "[('state', '=', 'waiting')]",
            "cancel_domain": "[('state', '=', 'cancelled')]",
            "limit_value": 8,
            "responsible_field": "user_id",
            "step_ids": [Command.create(dict(step)) for step in steps],
        } | values)

    @classmethod
    def _new_document(cls, **values):
        return cls.Document.create({"name": "D1", "state": "submitted", "user_id": cls.li.id} | values)

    @staticmethod
    def utc(text):
        """Naive UTC datetime of a wall-clock time in Shanghai."""
        return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(microsecond=0) - _EIGHT_HOURS

    @contextmanager
    def at(self, text):
        """Let it be so late in Shanghai."""
        moment = self.utc(text)
        with patch("odoo.fields.Datetime.now", return_value=moment):
            yield moment

    def clock_of(self, record, policy=None):
        """The record's last clock."""
        domain = [("res_model", "=", record._name), ("res_id", "=", record.id)]
        if policy:
            domain.append(("policy_id", "=", policy.id))
        return self.Clock.search(domain, order="id desc", limit=1)

    def kinds(self, clock):
        """Kinds of the clock's events, oldest first."""
        self.env.flush_all()
        return clock.event_ids.sorted("id").mapped("kind")

    def run_cron(self, text):
        """Handle what is due at that time, as the cron does, without its commits."""
        with self.at(text):
            return self.Clock._process_due()


_EIGHT_HOURS = datetime(1970, 1, 1, 8) - datetime(1970, 1, 1)
