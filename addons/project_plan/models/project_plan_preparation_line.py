from odoo import api, fields, models
from odoo.exceptions import UserError


class ProjectPlanPreparationLine(models.Model):
    """One subject of a preparation check (PLN-13)."""

    _name = "project.plan.preparation.line"
    _description = "Line of a Preparation Check"
    _rec_name = "subject_id"
    _inherit = ["document.control.mixin"]
    _order = "sequence, id"

    preparation_id = fields.Many2one(
        "project.plan.preparation", required=True, index=True, ondelete="cascade")
    subject_id = fields.Many2one(
        "project.plan.preparation.subject", string="What Is Checked", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="preparation_id.company_id", store=True, index=True)
    question = fields.Char(related="subject_id.question")
    sequence = fields.Integer(related="subject_id.sequence", store=True)
    result = fields.Selection([("ready", "Ready"), ("lacking", "Lacking"), ("none", "Not Needed")])
    note = fields.Char(string="What Is Lacking", help="What others have to solve, for the contact sheet.")

    _subject_uniq = models.UniqueIndex("(preparation_id, subject_id)", "This subject is on the check already.")

    @api.constrains("preparation_id")
    def _check_preparation(self):
        if signed := self.preparation_id.filtered(lambda check: check._is_frozen()):
            raise UserError(self.env._("%(check)s is signed: nothing is added to it.", check=signed[0].name))

    @api.model
    def _get_creatable_fields(self):
        return {"preparation_id", "subject_id", "result", "note"}

    def _get_open_fields(self):
        return {"result", "note"} if self.preparation_id.state == "draft" else set()

    def _is_frozen(self):
        return self.preparation_id._is_frozen()
