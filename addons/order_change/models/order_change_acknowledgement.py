from odoo import api, fields, models
from odoo.exceptions import AccessError

from .order_change import DESK


class OrderChangeAcknowledgement(models.Model):
    """One department that the change concerns: its part, and who has acknowledged the notice, when (CHG-2, CHG-6)."""

    _name = "order.change.acknowledgement"
    _inherit = ["document.acknowledgement.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Acknowledgement of a Change Notice"
    _mail_post_access = "read"
    _acknowledged_field = "change_id"
    _acknowledge_todo = "order_change.mail_activity_type_acknowledge"

    change_id = fields.Many2one("order.change", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="change_id.company_id", store=True, index=True, precompute=True)
    part = fields.Text(
        string="Its part", readonly=True, copy=False, help="What the change means for the department, as assessed.")
    state = fields.Selection(
        [("draft", "Not issued"), ("asked", "To acknowledge"), ("acknowledged", "Acknowledged"),
         ("void", "No longer asked")],
        string="Status", compute="_compute_state", store=True, index=True)
    order_name = fields.Char(related="change_id.order_name")
    project_name = fields.Char(related="change_id.project_name")
    kind = fields.Selection(related="change_id.kind")
    level = fields.Selection(related="change_id.level")
    reason = fields.Text(related="change_id.reason")

    _department_uniq = models.UniqueIndex(
        "(change_id, department_id)", "This department already receives the change notice.")

    @api.depends("change_id.state", "acknowledged_on")
    def _compute_state(self):
        for row in self:
            if row.acknowledged_on:
                row.state = "acknowledged"
            else:
                row.state = {"applied": "asked", "rejected": "void", "cancelled": "void"}.get(
                    row.change_id.state, "draft")

    @api.depends("state")
    def _compute_can_acknowledge(self):
        return super()._compute_can_acknowledge()

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        for row in rows:
            row._check_addable()
        rows.filtered(lambda row: row.state == "asked")._ask()
        return rows

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_others(self):
        self.change_id._check_open({"acknowledgement_ids": []})  # who works on the draft

    def action_view_change(self):
        """Open the change notice."""
        self.ensure_one()
        return self.change_id._get_records_action(name=self.env._("Change Notice"))

    def _is_waiting(self):
        return self.state == "asked"

    def _after_acknowledgement(self):
        """Who acknowledges the change acknowledges the instruction that it brought about: he is asked once."""
        for row in self:
            # sudo: which row of which instruction it is; whether it is the user's says the row itself
            instruction = row.change_id.sudo().instruction_id.filtered(lambda doc: doc.state == "issued")
            asked = instruction.acknowledgement_ids.filtered(
                lambda other, row=row: other.department_id == row.department_id and not other.acknowledged_on)
            mine = asked.sudo(False)
            if mine and mine.has_access("read") and mine._filter_mine():
                mine.action_acknowledge()

    def _check_addable(self):
        """Departments are named in the draft; who was told passes an issued notice on (CHG-2).

        :raise UserError: neither
        :raise AccessError: not by this user
        """
        change = self.change_id
        if not self.env.su:
            change._check_state("draft", "applied")
            told = change.sudo().acknowledgement_ids - self  # sudo: who was told, whoever asks
            if change.state == "draft" and not change._may_draw_up() or change.state == "applied" and not (
                    self.env.user.has_group(DESK) or told._filter_mine()):
                raise AccessError(self.env._(
                    "%(change)s is passed on by the departments that received it, and by the order desk.",
                    change=change.name))
        change._check_state("draft", "assessed", "review", "customer", "approved", "applied")

    def _ask(self):
        """Where nobody can be asked the notice says so."""
        for row in (missed := super()._ask()):
            row.change_id.message_post(body=self.env._(
                "Nobody could be asked for %(department)s: it has no manager with a user.",
                department=row.department_id.name))
        return missed

    def _get_open_fields(self):
        if self.change_id.state == "draft" and self.change_id._may_draw_up():
            return {"department_id", "user_id"}
        return set()

    def _get_frozen_fields(self):
        return set(self._fields) - {"state"} if self.acknowledged_on else set()
