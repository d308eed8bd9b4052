from datetime import timedelta

from odoo import SUPERUSER_ID, fields

from odoo.addons.base.tests.common import BaseCommon


class PlanDocumentCommon(BaseCommon):
    """A master plan of the main company, to whose items the documents of other addons belong."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        if not cls.env.su:  # beside other test classes that work as a person of theirs
            cls.env = cls.env(user=SUPERUSER_ID, context={
                **cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.project = cls.env["project.project"].create({
            "name": "S2", "is_plan": True, "company_id": cls.company.id,
            "promised_date": fields.Date.today() + timedelta(days=60)})

    @classmethod
    def _item(cls, rule, **values):
        return cls.env["project.task"].create({
            "name": rule, "project_id": cls.project.id, "done_rule": rule, "duration_hours": 40, **values})

    def _told(self, item):
        """Progress of an item, whether it is begun and finished, after the transaction's end."""
        self.env.cr.flush()
        item.invalidate_recordset()
        return item.plan_progress, bool(item.actual_start), bool(item.actual_finish)
