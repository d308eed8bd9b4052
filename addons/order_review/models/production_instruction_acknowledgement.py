from odoo import api, fields, models
from odoo.exceptions import UserError


class ProductionInstructionAcknowledgement(models.Model):
    _name = "production.instruction.acknowledgement"
    _inherit = ["document.acknowledgement.mixin"]
    _description = "Acknowledgement of a Production Instruction"
    _acknowledged_field = "instruction_id"
    _acknowledge_todo = "order_review.mail_activity_type_instruction"

    instruction_id = fields.Many2one("production.instruction", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="instruction_id.company_id", store=True, index=True)
    acknowledged_conditions = fields.Text(
        string="Conditions acknowledged", readonly=True, copy=False,
        help="The conditions that the instruction carried when the department acknowledged it, in words.")

    _department_uniq = models.UniqueIndex(
        "(instruction_id, department_id)", "This department already receives the instruction.")

    @api.depends("instruction_id.state", "instruction_id.issued_by")
    def _compute_can_acknowledge(self):
        return super()._compute_can_acknowledge()

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        if any(row.instruction_id.state != "draft" for row in rows):
            raise UserError(self.env._("The instruction was issued: cancel it and issue a new one."))
        return rows

    def _is_waiting(self):
        return self.instruction_id.state in ("issued", "acknowledged") and not self.acknowledged_on

    def _get_issuer(self):
        return self.instruction_id.issued_by

    def _get_departments_of_user(self):
        return self.env["hr.department"].browse(self.env.user._get_review_department_ids())

    def _prepare_acknowledgement(self):
        return {
            **super()._prepare_acknowledgement(),
            "acknowledged_conditions": self.sudo().instruction_id._describe_conditions()}  # of the whole review

    def _close_todos(self):
        """The to-do stands at the instruction: one for each person, until the last of his departments."""
        for instruction, rows in self.sudo().grouped("instruction_id").items():  # of the person who was asked
            waiting = instruction.acknowledgement_ids.filtered(lambda row: row._is_waiting())
            for user in rows.user_id - waiting.user_id:
                instruction.activity_unlink([self._acknowledge_todo], user_id=user.id)

    def _after_acknowledgement(self):
        self.instruction_id.sudo()._after_acknowledgement()  # state is closed to everybody's hands

    def _announce(self):
        template = self.env.ref("order_review.mail_template_instruction", raise_if_not_found=False)
        for instruction in self.instruction_id:
            for user in self.filtered(lambda row, doc=instruction: row.instruction_id == doc).user_id:
                instruction.activity_schedule(
                    self._acknowledge_todo, user_id=user.id, summary=f"{instruction.name}, {instruction.partner_name}")
            if template:
                template.send_mail(instruction.id)
