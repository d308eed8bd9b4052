import base64

from odoo import SUPERUSER_ID
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

ENGINEER = "base.group_user,document_release.group_document_release_user"


class DocumentReleaseCommon(BaseCommon):
    """An engineer, the workshop and quality that receive drawings, and the stores that do not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        if not cls.env.su:  # beside other test classes that work as a person of theirs
            cls.env = cls.env(user=SUPERUSER_ID, context={
                **cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.plant = cls._department("Plant")
        cls.office, cls.workshop, cls.quality, cls.stores = (
            cls._department(name, cls.plant) for name in ("Engineering", "Workshop", "Quality", "Stores"))
        cls.engineer = cls._person("engineer", cls.office, manages=True, groups=ENGINEER)
        cls.foreman = cls._person("foreman", cls.workshop, manages=True)
        cls.fitter = cls._person("fitter", cls.workshop)
        cls.inspector = cls._person("inspector", cls.quality, manages=True)
        cls.clerk = cls._person("clerk", cls.stores, manages=True)
        cls.drawing = cls.env.ref("document_release.kind_drawing")
        cls.drawing.department_ids = [Command.set((cls.workshop | cls.quality).ids)]
        cls.bom = cls.env.ref("document_release.kind_bom")
        cls.project = cls.env["res.partner"].create({"name": "Substation East"})

    @classmethod
    def _department(cls, name, parent=None):
        return cls.env["hr.department"].create({
            "name": name, "company_id": cls.company.id, "parent_id": parent and parent.id})

    @classmethod
    def _person(cls, login, department, manages=False, groups="base.group_user"):
        user = new_test_user(cls.env, f"dr_{login}", groups=groups, email=f"{login}@plant.example",
                             company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)])
        employee = cls.env["hr.employee"].create({
            "name": user.name, "user_id": user.id, "department_id": department.id, "company_id": cls.company.id})
        if manages:
            department.manager_id = employee
        return user

    def _file(self, name="A1.dwg", content=b"drawing"):
        return self.env["ir.attachment"].with_user(self.engineer).create({
            "name": name, "datas": base64.b64encode(content)})

    def _draft(self, **values):
        return self.env["document.release"].with_user(self.engineer).create({
            "kind_id": self.drawing.id, "subject": "General arrangement", "project_name": "Substation East",
            "attachment_ids": [Command.set(self._file().ids)], **values})

    def _released(self, **values):
        release = self._draft(**values)
        release.action_release()
        return release

    def _row(self, release, department):
        return release.receiver_ids.filtered(lambda row: row.department_id == department)

    def _acknowledge(self, release):
        for department, user in ((self.workshop, self.foreman), (self.quality, self.inspector)):
            self._row(release, department).with_user(user).action_acknowledge()
