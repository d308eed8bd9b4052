from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class OrderChangeReport(models.TransientModel):
    """A design error is reported from the workshop, on the phone: what, of which order and product, with a photo
    (CHG-6); a designer takes in so what the customer asks for otherwise while it is designed (CHG-5). Whoever works
    here may; the order is named by its number, which may be scanned."""

    _name = "order.change.report"
    _description = "Report a Design Error"

    kind = fields.Selection(
        [("design", "Design error"), ("technical", "The customer wants it otherwise")], string="What it is",
        required=True, default="design")
    order_name = fields.Char(string="Order number", required=True, help="As on the instruction or the process card.")
    product_id = fields.Many2one(
        "product.product", ondelete="cascade", domain="[('id', 'in', product_ids)]")
    product_ids = fields.Many2many("product.product", compute="_compute_order", compute_sudo=True)
    project_name = fields.Char(compute="_compute_order", compute_sudo=True)
    reason = fields.Text(string="What is wrong", required=True)
    photo = fields.Image(max_width=1920, max_height=1920)
    change_id = fields.Many2one("order.change", readonly=True, ondelete="cascade")

    @api.depends("order_name")
    def _compute_order(self):
        for report in self:
            order = report._find_order()
            report.product_ids = order._get_review_lines().product_id
            report.project_name = order.project_name

    def action_report(self):
        """Open the change with who answers for it; the time limit runs from now.

        :raise UserError: no such order is under way, or nothing is said
        """
        self.ensure_one()
        order = self._find_order()
        if not order:
            raise UserError(self.env._(
                "No confirmed order has the number \"%(number)s\". It stands on the production instruction.",
                number=self.order_name))
        self.env["order.review"]._check_reason(self.reason, self.env._("Say what is wrong."))
        change = order.env["order.change"].create(self._prepare_change(order))
        if self.photo:
            change.attachment_ids = change.env["ir.attachment"].create({
                "name": self.env._("Photo"), "datas": self.photo,
                "res_model": change._name, "res_id": change.id})
        self.sudo().change_id = change
        return {
            "type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "view_mode": "form",
            "view_id": self.env.ref("order_change.order_change_report_view_form_done").id, "target": "new",
            "name": self.env._("Reported")}

    def _find_order(self):
        """The confirmed order with the number, of the companies in which the user works; as superuser: the workshop
        does not read sales orders.
        """
        name = (self.order_name or "").strip()
        return self.env["sale.order"].sudo().search([
            ("name", "=ilike", name.replace("\\", "").replace("%", "").replace("_", r"\_")), ("state", "=", "sale"),
            ("company_id", "in", self.env.companies.ids)], limit=1) if name else self.env["sale.order"].sudo()

    def _prepare_change(self, order):
        product = self.product_id.display_name
        asked = self.kind == "technical"
        return {
            "order_id": order.id,
            "source": "customer" if asked else "workshop",
            "kind": self.kind,
            "asked_by": False if asked else self.env.user.name,
            "reason": self.reason,
            "line_ids": [Command.create({
                "kind": "design", "text_before": "\n".join(filter(None, [product, self.reason]))})],
        }
