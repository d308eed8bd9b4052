from odoo import api, fields, models
from odoo.fields import Command


class DeliveryConsent(models.TransientModel):
    """The customer agrees that something is missing for now (DLV-8)."""

    _name = "delivery.consent"
    _description = "Customer Agrees to Missing Parts"

    notice_id = fields.Many2one("delivery.notice", required=True, readonly=True)
    person = fields.Char(string="Who Agreed", help="Name and office of whoever agreed for the customer.")
    note = fields.Text(string="What Was Agreed", help="What is missing, and how he agreed: mail, telephone, letter.")
    owner_id = fields.Many2one("res.users", string="Sends It Later", domain="[('share', '=', False)]")
    due = fields.Date(string="Sent Later by")
    line_ids = fields.One2many(
        "delivery.consent.line", "consent_id", string="Goods", compute="_compute_line_ids", store=True, readonly=False,
        precompute=True)

    @api.depends("notice_id")
    def _compute_line_ids(self):
        for consent in self:
            consent.line_ids = [Command.clear(), *(
                Command.create({"line_id": line.id, "quantity": line.quantity_agreed})
                for line in consent.notice_id.line_ids)]

    def action_record(self):
        """Take it down.

        :raise AccessError: not the order desk
        :raise UserError: who agreed, what is missing, or who sends it later is not said
        """
        self.ensure_one()
        return self.notice_id.action_record_consent(
            self.person, self.note, self.owner_id, self.due,
            {line.line_id.id: line.quantity for line in self.line_ids})


class DeliveryConsentLine(models.TransientModel):
    _name = "delivery.consent.line"
    _inherit = ["document.number.mixin"]
    _description = "Goods that May Be Missing"

    consent_id = fields.Many2one("delivery.consent", required=True, index=True, ondelete="cascade")
    line_id = fields.Many2one("delivery.notice.line", string="Goods", required=True)
    planned = fields.Float(related="line_id.quantity", string="On the Notice")
    uom_id = fields.Many2one(related="line_id.uom_id")
    quantity = fields.Float(string="Missing", digits="Product Unit")
