from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

TODO = "order_change_mrp.mail_activity_type_leftover"


class OrderLeftover(models.Model):
    """A document that a cancelled sales order has left behind: its planner or buyer decides what becomes of it."""

    _name = "order.leftover"
    _description = "Left of a Cancelled Order"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _order = "id desc"
    _mail_post_access = "read"
    _transitions = {"settle": Transition(("open",), "settled")}

    order_id = fields.Many2one("sale.order", required=True, readonly=True, index=True, ondelete="cascade")
    order_name = fields.Char(string="Order No.", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    production_id = fields.Many2one("mrp.production", readonly=True, index="btree_not_null", ondelete="cascade")
    purchase_line_id = fields.Many2one("purchase.order.line", readonly=True, index="btree_not_null", ondelete="cascade")
    document_name = fields.Char(string="Document", readonly=True, help="As it was called then.")
    what = fields.Text(string="What is left", readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Responsible", readonly=True, index="btree_not_null", ondelete="restrict")
    department_id = fields.Many2one("hr.department", readonly=True, index="btree_not_null", ondelete="restrict")
    answer = fields.Text(
        string="What becomes of it", help="Cancelled, kept for another order, sent back, scrapped.")
    settled_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    settled_on = fields.Datetime(readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("settled", "Settled")], string="Status", required=True, readonly=True, default="open",
        index=True)
    can_settle = fields.Boolean(compute="_compute_can_settle", export_string_translation=False)

    @api.depends("order_name", "document_name")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.document_name or ''} ({row.order_name or ''})"

    @api.depends("state", "user_id", "department_id")
    @api.depends_context("uid")
    def _compute_can_settle(self):
        for row in self:
            row.can_settle = row.state == "open" and row._is_of_user()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_on_record(self):
        raise UserError(self.env._("What a cancelled order has left stays on record. Settle it instead."))

    def action_settle(self):
        """Say what becomes of it; its to-do and its clock end.

        :raise AccessError: another's
        :raise UserError: nothing is said, or settled already
        """
        self._check_transition("settle")
        for row in self:
            if not row._is_of_user():
                raise AccessError(self.env._(
                    "%(document)s is settled by %(user)s.", document=row.display_name,
                    user=row.user_id.sudo().name or row.department_id.name or "-"))
            if not is_reason(row.answer):
                raise UserError(self.env._("%(document)s: write what becomes of it.", document=row.display_name))
        self._write_transition("settle", settled_by=self.env.uid, settled_on=fields.Datetime.now())
        self.sudo().activity_unlink([TODO])  # sudo: whoever had it
        return True

    def action_view_document(self):
        """Open the manufacturing order or the purchase order."""
        self.ensure_one()
        return (self.production_id or self.purchase_line_id.order_id)._get_records_action()

    def _is_of_user(self):
        user = self.env.user
        return self.env.su or self.user_id == user or self.department_id in user._get_own_departments()

    def _ask(self):
        for row in self.filtered(lambda row: row.user_id.active):
            row.activity_schedule(TODO, user_id=row.user_id.id, automated=True, summary=row.display_name)

    @api.model
    def _get_creatable_fields(self):
        return set()

    def _get_open_fields(self):
        return {"answer"} if self.can_settle else set()

    def _get_frozen_fields(self):
        return set(self._fields) if self.state == "settled" else set()

    def _is_frozen(self):
        return self.state == "settled"
