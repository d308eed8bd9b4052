from odoo import fields, models


class OrderChangeImpact(models.Model):
    """One document that a change touches: whether it can still be changed, and what becomes surplus (CHG-9)."""

    _name = "order.change.impact"
    _inherit = ["document.control.mixin"]
    _description = "Impact of a Change"
    _rec_name = "document_name"
    _order = "change_id desc, id"

    change_id = fields.Many2one("order.change", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="change_id.company_id", store=True, index=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    res_model = fields.Char(string="Document Model", readonly=True)
    res_id = fields.Integer(string="Document Id", readonly=True)
    document_name = fields.Char(string="Document", readonly=True, help="As it was called then.")
    department_id = fields.Many2one("hr.department", readonly=True, ondelete="restrict", index="btree_not_null")
    what = fields.Text(string="What happens to it", readonly=True)
    obstacle = fields.Text(string="Why it cannot be changed", readonly=True)
    is_blocking = fields.Boolean(
        default=True, readonly=True, export_string_translation=False,
        help="Whether the obstacle stops the approval; else the document stays as it is, and the rest is changed.")
    surplus_cost = fields.Monetary(
        string="Cost of surplus", readonly=True, currency_field="company_currency_id",
        groups="sales_team.group_sale_salesman", help="Cost of what was made or bought and is not needed any more.")

    def _describe_part(self):
        """The row in words, for the department that it concerns."""
        self.ensure_one()
        text = self.env._("%(document)s: %(what)s", document=self.document_name, what=self.what or "")
        return self.env._("%(text)s (cannot be changed: %(why)s)", text=text, why=self.obstacle) \
            if self.obstacle else text

    def _is_frozen(self):
        """Replaced by the assessment, and by the application."""
        return self.change_id.state not in ("draft", "approved")

    def _get_frozen_fields(self):
        return set()  # rows are replaced, not written
