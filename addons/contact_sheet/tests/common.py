from datetime import timedelta

from odoo import SUPERUSER_ID, fields
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class ContactSheetCommon(BaseCommon):
    """A plant with an order desk, a workshop and its fitter, a general manager, and a clerk of another department."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        if not cls.env.su:  # beside other test classes that work as a person of theirs
            cls.env = cls.env(user=SUPERUSER_ID, context={
                **cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.plant = cls._department("Plant")
        cls.desk, cls.workshop, cls.stores = (
            cls._department(name, cls.plant) for name in ("Order desk", "Workshop", "Stores"))
        cls.general = cls._person("general", cls.plant, manages=True)
        cls.sender = cls._person("sender", cls.desk)
        cls.head = cls._person("head", cls.workshop, manages=True)
        cls.fitter = cls._person("fitter", cls.workshop)
        cls.clerk = cls._person("clerk", cls.stores, manages=True)
        cls.company.write({"sla_general_manager_id": cls.general.id, "expedite_department_id": cls.workshop.id})
        cls.document = cls.env["res.partner"].create({"name": "Switch Works"})
        cls.now = fields.Datetime.now()

    @classmethod
    def _department(cls, name, parent=None):
        return cls.env["hr.department"].create({
            "name": name, "company_id": cls.company.id, "parent_id": parent and parent.id})

    @classmethod
    def _person(cls, login, department, manages=False, groups="base.group_user"):
        user = new_test_user(cls.env, f"cs_{login}", groups=groups, email=f"{login}@plant.example",
                             company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)])
        employee = cls.env["hr.employee"].create({
            "name": user.name, "user_id": user.id, "department_id": department.id, "company_id": cls.company.id})
        if manages:
            department.manager_id = employee
        return user

    def _draft(self, user=None, **values):
        return self.env["contact.sheet"].with_user(user or self.sender).create({
            "subject": "Duct missing", "to_department_id": self.workshop.id,
            "question": "The cable duct of =A1 is missing.", "date_due": self.now + timedelta(days=2), **values})

    def _sent(self, **values):
        sheet = self._draft(**values)
        sheet.action_send()
        return sheet

    def _answered(self, **values):
        sheet = self._sent(**values)
        self._answer(sheet)
        return sheet

    def _answer(self, sheet, user=None, days=1):
        mine = sheet.with_user(user or self.head)
        mine.write({"answer": "A new duct is cut.", "promised_date": self.now + timedelta(days=days)})
        mine.action_answer()

    def _asked(self, sheet):
        """Who has which to-do on the sheet."""
        return [(activity.user_id, activity.activity_type_id.get_external_id()[activity.activity_type_id.id])
                for activity in sheet.sudo().activity_ids]
