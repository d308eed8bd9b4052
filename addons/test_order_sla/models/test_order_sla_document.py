from odoo import api, fields, models


class TestOrderSlaDocument(models.Model):
    """A document as business addons have them: states, a responsible, lines, dates."""
    _name = "test.order.sla.document"
    _description = "SLA Test Document"
    _inherit = ["mail.thread", "mail.activity.mixin", "sla.mixin"]

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Submitted"), ("waiting", "Waiting"), ("done", "Done"),
         ("cancelled", "Cancelled")], default="draft")
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    user_id = fields.Many2one("res.users")
    employee_id = fields.Many2one("hr.employee")
    department_id = fields.Many2one("hr.department")
    partner_id = fields.Many2one("res.partner")
    limit_hours = fields.Integer()
    limit_exact = fields.Float()
    limit_amount = fields.Monetary()
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id)
    planned_date = fields.Date()
    planned_at = fields.Datetime()
    remark = fields.Char()
    line_ids = fields.One2many("test.order.sla.line", "document_id")
    total = fields.Integer(compute="_compute_total", store=True)
    is_large = fields.Boolean(compute="_compute_is_large", search="_search_is_large")
    is_past = fields.Boolean(compute="_compute_is_past", search="_search_is_past")

    @api.depends("line_ids.amount")
    def _compute_total(self):
        for document in self:
            document.total = sum(document.line_ids.mapped("amount"))

    @api.depends("total")
    def _compute_is_large(self):
        for document in self:
            document.is_large = document.total >= 1000

    def _search_is_large(self, operator, value):
        return [("total", ">=", 1000)] if operator == "in" and True in value else NotImplemented

    @api.depends("planned_date")
    def _compute_is_past(self):
        for document in self:
            document.is_past = document.planned_date and document.planned_date < fields.Date.context_today(document)

    def _search_is_past(self, operator, value):
        return [("planned_date", "<", fields.Date.context_today(self))] if operator == "in" else NotImplemented
