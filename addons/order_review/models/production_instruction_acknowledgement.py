from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class ProductionInstructionAcknowledgement(models.Model):
    _name = "production.instruction.acknowledgement"
    _inherit = ["document.control.mixin"]
    _description = "Acknowledgement of a Production Instruction"
    _order = "id"

    instruction_id = fields.Many2one("production.instruction", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="instruction_id.company_id", store=True, index=True)
    department_id = fields.Many2one("hr.department", required=True, index=True, ondelete="restrict")
    department_name = fields.Char(
        compute="_compute_department_name", store=True, help="As it was then, for the form.")
    user_id = fields.Many2one(
        "res.users", string="Responsible", compute="_compute_user_id", store=True, readonly=False,
        ondelete="restrict", domain="[('share', '=', False)]")
    acknowledged_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    acknowledged_name = fields.Char(
        compute="_compute_acknowledged_name", store=True, help="As it was then, for the form.")
    acknowledged_on = fields.Datetime(readonly=True, copy=False)
    acknowledged_conditions = fields.Text(
        string="Conditions acknowledged", readonly=True, copy=False,
        help="The conditions that the instruction carried when the department acknowledged it, in words.")
    can_acknowledge = fields.Boolean(compute="_compute_can_acknowledge")

    _department_uniq = models.UniqueIndex(
        "(instruction_id, department_id)", "This department already receives the instruction.")

    @api.depends("department_id")  # not its name: the words stay those of the day
    def _compute_department_name(self):
        for row in self:
            row.department_name = row.department_id.name

    @api.depends("acknowledged_by")  # as above
    def _compute_acknowledged_name(self):
        for row in self:
            row.acknowledged_name = row.acknowledged_by.name

    @api.depends("department_id", "company_id")
    def _compute_user_id(self):
        for row in self:
            row.user_id = row.department_id._get_next_manager(row.company_id or self.env.company)

    @api.depends("instruction_id.state", "instruction_id.issued_by", "acknowledged_on", "department_id", "user_id")
    @api.depends_context("uid")
    def _compute_can_acknowledge(self):
        mine = set(self.env.user._get_review_department_ids())
        for row in self:
            row.can_acknowledge = (
                row.instruction_id.state in ("issued", "acknowledged") and not row.acknowledged_on
                and row._is_asked(mine))

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        if any(row.instruction_id.state != "draft" for row in rows):
            raise UserError(self.env._("The instruction was issued: cancel it and issue a new one."))
        return rows

    def _is_asked(self, departments):
        """Whether it is the user's to acknowledge; nobody confirms to himself that he was told."""
        return self.instruction_id.issued_by != self.env.user and (
            self.user_id == self.env.user or self.department_id._origin.id in departments)

    def action_acknowledge(self):
        """The department has read the instruction and its conditions, which its row keeps in words.

        :raise AccessError: not one's department, or one has issued the instruction oneself
        :raise UserError: the instruction is not issued, or acknowledged already
        """
        mine = set(self.env.user._get_review_department_ids())
        self.check_access("read")
        if others := self.filtered(lambda row: not row._is_asked(mine)):
            raise AccessError(self.env._(
                "You cannot acknowledge for %(department)s.", department=others[0].department_id.name))
        self.instruction_id._lock()  # the last of two who acknowledge at once closes the instruction
        for row in self:
            row.instruction_id._check_state("issued", "acknowledged")
            if row.acknowledged_on:
                raise UserError(self.env._(
                    "%(instruction)s does not wait for %(department)s to acknowledge it.",
                    instruction=row.instruction_id.name, department=row.department_id.name))
            row._write_signed({
                "acknowledged_by": self.env.uid, "acknowledged_on": fields.Datetime.now(),
                "acknowledged_conditions": row.sudo().instruction_id._describe_conditions()})  # of the whole review
            row.instruction_id.sudo().activity_unlink(  # of the person who was asked
                ["order_review.mail_activity_type_instruction"], user_id=row.user_id.id)
        self.instruction_id.sudo()._after_acknowledgement()  # state is closed to everybody's hands
        return True

    def _announce(self):
        template = self.env.ref("order_review.mail_template_instruction", raise_if_not_found=False)
        for instruction in self.instruction_id:
            for user in self.filtered(lambda row, doc=instruction: row.instruction_id == doc).user_id:
                instruction.activity_schedule(
                    "order_review.mail_activity_type_instruction", user_id=user.id,
                    summary=f"{instruction.name}, {instruction.partner_name}")
            if template:
                template.send_mail(instruction.id)

    @api.model
    def _get_creatable_fields(self):
        return {"instruction_id", "department_id", "user_id"}

    def _get_open_fields(self):
        return {"department_id", "user_id"} if self.instruction_id.state == "draft" else set()

    def _get_frozen_fields(self):
        if self.instruction_id.state == "draft":
            return set()
        return set(self._fields) - (set() if self.acknowledged_on else {
            "acknowledged_by", "acknowledged_on", "acknowledged_conditions"})

    def _is_frozen(self):
        return self.instruction_id.state != "draft"
