from odoo import fields, models

from odoo.addons.document_control.models.document_control_mixin import Transition


class TestDocumentControlPaper(models.Model):
    _name = "test.document.control.paper"
    _inherit = ["document.control.mixin", "mail.thread"]
    _description = "Test Paper"
    _transitions = {"issue": Transition(("draft",), "issued", groups=("base.group_erp_manager",))}

    name = fields.Char(readonly=True, default="/")
    text = fields.Char(tracking=True)
    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Issued"), ("cancelled", "Cancelled")], readonly=True, default="draft")
    issued_by = fields.Many2one("res.users", readonly=True)
    attachment_ids = fields.Many2many("ir.attachment", bypass_search_access=True)

    def action_issue(self):
        """Issue the papers, in the user's name."""
        self._transit("issue", issued_by=self.env.uid)

    def _get_creatable_fields(self):
        return {"text"}

    def _get_open_fields(self):
        return {"text", "attachment_ids"} if self.state == "draft" else set()

    def _get_frozen_fields(self):
        return super()._get_frozen_fields() - {"state"}

    def _is_frozen(self):
        return self.state != "draft"
