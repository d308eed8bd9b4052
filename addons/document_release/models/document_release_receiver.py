from odoo import api, fields, models
from odoo.exceptions import UserError


class DocumentReleaseReceiver(models.Model):
    """One department that receives a release, and its acknowledgement (PLN-17)."""

    _name = "document.release.receiver"
    _inherit = ["document.acknowledgement.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Receiver of a Document Release"
    _mail_post_access = "read"
    _acknowledged_field = "release_id"
    _acknowledge_todo = "document_release.mail_activity_type_acknowledge"

    release_id = fields.Many2one("document.release", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="release_id.company_id", store=True, index=True)
    state = fields.Selection(
        [("draft", "Not Released"), ("asked", "To Acknowledge"), ("acknowledged", "Acknowledged"),
         ("void", "No Longer Asked")],
        string="Status", compute="_compute_state", store=True, index=True)
    kind_id = fields.Many2one(related="release_id.kind_id")
    purpose = fields.Char(related="release_id.purpose")
    subject = fields.Char(related="release_id.subject")
    revision = fields.Char(related="release_id.revision")
    project_number = fields.Char(related="release_id.project_number")
    project_name = fields.Char(related="release_id.project_name")
    discipline = fields.Selection(related="release_id.discipline")
    production_date = fields.Date(related="release_id.production_date")
    note = fields.Text(related="release_id.note")
    attachment_ids = fields.Many2many(related="release_id.attachment_ids", string="Files")
    released_by = fields.Many2one(related="release_id.released_by")
    released_on = fields.Datetime(related="release_id.released_on")
    replaced_by_id = fields.Many2one(related="release_id.replaced_by_id")

    _department_uniq = models.UniqueIndex(
        "(release_id, department_id)", "This department already receives the release.")

    @api.depends("release_id.state", "release_id.replaced_by_id", "acknowledged_on")
    def _compute_state(self):
        for row in self:
            if row.acknowledged_on:
                row.state = "acknowledged"
            elif row.release_id.state == "draft":
                row.state = "draft"
            else:
                in_force = row.release_id.state != "cancelled" and not row.release_id.replaced_by_id
                row.state = "asked" if in_force else "void"

    @api.depends("state", "release_id.released_by")
    def _compute_can_acknowledge(self):
        return super()._compute_can_acknowledge()

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        if any(row.release_id.state != "draft" for row in rows):
            raise UserError(self.env._("It is released already: release a new revision to other receivers."))
        return rows

    def action_view_release(self):
        """Open the release."""
        self.ensure_one()
        return self.release_id._get_records_action(name=self.env._("Document Release"))

    def _is_waiting(self):
        return self.state == "asked"

    def _get_issuer(self):
        return self.release_id.released_by

    def _after_acknowledgement(self):
        self.sudo().release_id._after_acknowledgement()  # sudo: state is closed to everybody's hands

    def _ask(self):
        """Who releases knows what he releases."""
        own = self.filtered(lambda row: row.user_id == self.env.user)
        own.write(own._prepare_acknowledgement())
        return super(DocumentReleaseReceiver, self - own)._ask()
