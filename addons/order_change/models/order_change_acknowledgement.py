from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .order_change import DESK

ACKNOWLEDGE = "order_change.mail_activity_type_acknowledge"


class OrderChangeAcknowledgement(models.Model):
    """One department that the change concerns: its part, and who has acknowledged the notice, when (CHG-2, CHG-6)."""

    _name = "order.change.acknowledgement"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Acknowledgement of a Change Notice"
    _order = "id"
    _mail_post_access = "read"

    change_id = fields.Many2one("order.change", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="change_id.company_id", store=True, index=True, precompute=True)
    department_id = fields.Many2one("hr.department", required=True, index=True, ondelete="restrict")
    department_name = fields.Char(
        compute="_compute_department_name", store=True, help="As it was then, for the form.")
    user_id = fields.Many2one(
        "res.users", string="Responsible", compute="_compute_user_id", store=True, readonly=False,
        index="btree_not_null", ondelete="restrict", domain="[('share', '=', False)]",
        help="Who is asked to acknowledge. Proposed: the department's manager.")
    part = fields.Text(
        string="Its part", readonly=True, copy=False, help="What the change means for the department, as assessed.")
    acknowledged_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    acknowledged_name = fields.Char(
        compute="_compute_acknowledged_name", store=True, help="As it was then, for the form.")
    acknowledged_on = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Not issued"), ("asked", "To acknowledge"), ("acknowledged", "Acknowledged"),
         ("void", "No longer asked")],
        string="Status", compute="_compute_state", store=True, index=True)
    can_acknowledge = fields.Boolean(compute="_compute_can_acknowledge", export_string_translation=False)
    order_name = fields.Char(related="change_id.order_name")
    project_name = fields.Char(related="change_id.project_name")
    kind = fields.Selection(related="change_id.kind")
    level = fields.Selection(related="change_id.level")
    reason = fields.Text(related="change_id.reason")

    _department_uniq = models.UniqueIndex(
        "(change_id, department_id)", "This department already receives the change notice.")

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

    @api.depends("change_id.state", "acknowledged_on")
    def _compute_state(self):
        for row in self:
            if row.acknowledged_on:
                row.state = "acknowledged"
            else:
                row.state = {"applied": "asked", "rejected": "void", "cancelled": "void"}.get(
                    row.change_id.state, "draft")

    @api.depends("state", "user_id", "department_id")
    @api.depends_context("uid")
    def _compute_can_acknowledge(self):
        mine = self.env.user._get_own_departments()
        for row in self:
            row.can_acknowledge = row.state == "asked" and (
                row.user_id == self.env.user or row.department_id._origin in mine)

    @api.depends("change_id", "department_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.change_id.display_name}, {row.department_id.name or ''}"

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

    def action_acknowledge(self):
        """The department has read the notice and works by it; with it, the production instruction issued anew.

        :raise AccessError: not one's department
        :raise UserError: not asked any more
        """
        self.check_access("read")
        self._lock()
        for row in self:
            if row.state != "asked":
                raise UserError(self.env._(
                    "%(change)s does not wait for %(department)s to acknowledge it.", change=row.change_id.name,
                    department=row.department_id.name))
            if not row.can_acknowledge:
                raise AccessError(self.env._(
                    "You cannot acknowledge for %(department)s.", department=row.department_id.name))
        self._write_signed({"acknowledged_by": self.env.uid, "acknowledged_on": fields.Datetime.now()})
        self.sudo().activity_unlink([ACKNOWLEDGE])  # sudo: the to-do may be a colleague's
        self._acknowledge_instruction()
        return True

    def action_view_change(self):
        """Open the change notice."""
        self.ensure_one()
        return self.change_id._get_records_action(name=self.env._("Change Notice"))

    def _acknowledge_instruction(self):
        """Who acknowledges the change acknowledges the instruction that it brought about: he is asked once."""
        for row in self:
            # sudo: which row of which instruction it is; whether it is the user's says the row itself
            instruction = row.change_id.sudo().instruction_id.filtered(lambda doc: doc.state == "issued")
            asked = instruction.acknowledgement_ids.filtered(
                lambda other, row=row: other.department_id == row.department_id and not other.acknowledged_on)
            mine = asked.sudo(False)
            departments = set(self.env.user._get_review_department_ids())
            if mine and mine.has_access("read") and mine._is_asked(departments):
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
                    self.env.user.has_group(DESK)
                    or any(row._is_of_user(self.env.user) for row in told)):
                raise AccessError(self.env._(
                    "%(change)s is passed on by the departments that received it, and by the order desk.",
                    change=change.name))
        change._check_state("draft", "assessed", "review", "customer", "approved", "applied")

    def _is_of_user(self, user):
        return self.user_id == user or self.department_id in user._get_own_departments()

    def _ask(self):
        """Each department has one to-do; where nobody can be asked the notice says so."""
        for row in self:
            if row.user_id.active:
                row.activity_schedule(ACKNOWLEDGE, user_id=row.user_id.id, summary=row.display_name)
            else:
                row.change_id.message_post(body=self.env._(
                    "Nobody could be asked for %(department)s: it has no manager with a user.",
                    department=row.department_id.name))

    @api.model
    def _get_creatable_fields(self):
        return {"change_id", "department_id", "user_id"}

    def _get_open_fields(self):
        if self.change_id.state == "draft" and self.change_id._may_draw_up():
            return {"department_id", "user_id"}
        return set()

    def _get_frozen_fields(self):
        return set(self._fields) - {"state"} if self.acknowledged_on else set()

    def _is_frozen(self):
        return self.change_id.state != "draft"
