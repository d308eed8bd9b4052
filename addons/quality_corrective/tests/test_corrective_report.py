from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.quality_inspection.tests.common_ncr import NonconformityCommon
from odoo.addons.quality_inspection.tests.common_report import ReportCase


@tagged("post_install", "-at_install")
class TestCorrectiveReport(ReportCase, NonconformityCommon):

    def test_eight_disciplines(self):
        """NCR-7: the 8D report carries team, cause, actions with owner and date, and the effectiveness."""
        record = self._rejected(self.part, 5)
        action = self.env["quality.corrective.action"].with_user(self.inspector).create({
            "subject": "Scratches again", "product_id": self.part.id, "partner_id": self.supplier.id,
            "owner_id": self.inspector.id, "team_ids": [Command.set(self.worker.ids)],
            "nonconformity_ids": [Command.set(record.ids)], "problem": "<p>Every third box</p>",
            "root_cause": "<p>No foil</p>",
            "task_ids": [Command.create({
                "name": "Foil between layers", "owner_id": self.worker.id, "date_due": "2030-02-01"})]})
        text = self.print_form("quality_corrective.report_corrective_action", action, self.inspector)
        self.assertSays(
            text, action.name, "8D Report", "Contact", "Switch Works", "Scratches again", record.name,
            self.inspector.name, self.worker.name, "Every third box", "No foil", "Foil between layers",
            self.worker.name, "2030-02-01", "☐ Effective")
        text = self.print_form("quality_inspection.report_nonconformity", record, self.inspector)
        self.assertSays(text, "Corrective Action", action.display_name)
        self.assertNotIn("Repeat of", text)

    def test_supplier_is_asked_with_the_form(self):
        """NCR-7: the mail that asks the supplier for an 8D carries its form, and goes to him alone."""
        action = self.env["quality.corrective.action"].create({
            "subject": "Scratches again", "product_id": self.part.id, "partner_id": self.supplier.id})
        template = self.env.ref("quality_corrective.mail_template_corrective_action_supplier")
        mail = template._generate_template(action.ids, ("partner_to", "subject"))[action.id]
        self.assertEqual(mail["partner_ids"], self.supplier.ids)
        self.assertIn(action.name, mail["subject"])
        self.assertEqual(
            template.report_template_ids, self.env.ref("quality_corrective.action_report_corrective_action"))
