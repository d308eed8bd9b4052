from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon
from odoo.addons.order_sla.tools.rows import insert_rows

READER = "base.group_user,order_indicator.group_order_indicator_user"
MANAGER = "base.group_user,order_indicator.group_order_indicator_manager"


class IndicatorCommon(BaseCommon):
    """A company in Shanghai with two departments, and clocks as ended steps that indicators count.

    It is 18 March 2026, noon in Shanghai, a Wednesday.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls._new_company("Board Works")
        cls.env.user.write({"company_ids": [Command.link(cls.company.id)], "company_id": cls.company.id})
        cls.env = cls.env(context=dict(cls.env.context, allowed_company_ids=cls.company.ids, tz="UTC"))
        cls.reader = cls._new_user("board_reader", READER + ",order_sla.group_order_sla_manager")
        cls.manager = cls._new_user("board_manager", MANAGER + ",order_sla.group_order_sla_manager")
        cls.clerk = cls._new_user("board_clerk", "base.group_user")
        cls.design, cls.purchase = cls.env["hr.department"].create([
            {"name": name, "company_id": cls.company.id} for name in ("Design", "Purchasing")])
        cls.policy, cls.other_policy = cls._new_policies("Opinion", "Quotation")
        cls.Indicator = cls.env["order.indicator"]
        cls.Indicator.search([]).active = False
        cls.kept = cls._new_indicator()

    @classmethod
    def _new_company(cls, name):
        calendar = cls.env["resource.calendar"].create({"name": name, "tz": "Asia/Shanghai", "company_id": False})
        company = cls.env["res.company"].create({"name": name, "resource_calendar_id": calendar.id})
        calendar.company_id = company
        return company

    @cached_property
    def other_company(self):
        """Another company: it takes seconds to make, few tests need it."""
        return self._new_company("Other Works")

    @classmethod
    def _new_user(cls, login, groups, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env, login, groups=groups, name=login.capitalize(), email=f"{login}@works.example", tz="UTC",
            company_id=company.id, company_ids=[Command.set(company.ids)])

    @classmethod
    def _new_policies(cls, *names):
        """Policies as rows: no document of this addon has time limits."""
        model = cls.env["ir.model"]._get("res.partner")
        rows = insert_rows(cls.env["sla.policy"], [{
            "name": f'{{"en_US": "{name}"}}', "active": True, "model_id": model.id, "model": model.model,
            "company_id": cls.company.id, "start_domain": "[]", "limit_source": "fixed", "limit_value": 8,
            "limit_unit": "hours", "time_kind": "working", "anchor": "start", "responsible_kind": "field",
        } for name in names])
        return [cls.env["sla.policy"].browse(row[0]) for row in rows]

    @classmethod
    def _new_indicator(cls, **values):
        return cls.Indicator.create({
            "name": "Kept in Time", "section": "time", "kind": "ratio", "unit": "percent", "model": "sla.clock",
            "domain": "[('state', 'in', ['met', 'breached'])]", "hit_domain": "[('state', '=', 'met')]",
            "date_field": "deadline_at", "department_field": "department_id", "person_field": "user_id",
            "other_field": "policy_id",
        } | values)

    @classmethod
    def _new_clocks(cls, day, met=0, breached=0, **values):
        """Ended clocks whose deadline was on a day at noon in Shanghai; each took an hour."""
        moment = datetime.strptime(day, "%Y-%m-%d") + timedelta(hours=4)
        return cls.env["sla.clock"].create([{
            "policy_id": cls.policy.id, "res_model": "res.partner", "res_id": cls.company.partner_id.id,
            "res_name": "Works", "company_id": cls.company.id, "department_id": cls.design.id,
            "user_id": cls.clerk.id, "state": state, "is_open": False, "started_at": moment - timedelta(hours=1),
            "deadline_at": moment, "stopped_at": moment, "consumed_seconds": 3600,
        } | values for state in ["met"] * met + ["breached"] * breached])

    @contextmanager
    def at(self, text="2026-03-18 12:00"):
        """Let it be so late in Shanghai."""
        moment = datetime.strptime(text, "%Y-%m-%d %H:%M") - timedelta(hours=8)
        with patch("odoo.fields.Datetime.now", return_value=moment):
            yield moment

    def card(self, indicator=None, period="month", user=None):
        """The card of an indicator as a user sees it; None where he does not."""
        indicator = (indicator or self.kept).with_user(user or self.reader)
        return next(iter(indicator.get_cards(period)), None)
