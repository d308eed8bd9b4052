from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

ACKNOWLEDGE_TYPE = "document_release.mail_activity_type_acknowledge"


class DocumentReleaseReceiver(models.Model):
    """One department that receives a release, and its acknowledgement (PLN-17)."""

    _name = "document.release.receiver"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Receiver of a Document Release"
    _order = "id"
    _mail_post_access = "read"

    release_id = fields.Many2one("document.release", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="release_id.company_id", store=True, index=True)
    department_id = fields.Many2one("hr.department", required=True, index=True, ondelete="restrict")
    department_name = fields.Char(compute="_compute_department_name", store=True, help="As it was then.")
    user_id = fields.Many2one(
        "res.users", string="Responsible", compute="_compute_user_id", store=True, readonly=False,
        index="btree_not_null", ondelete="restrict", domain="[('share', '=', False)]",
        help="Who is asked to acknowledge. Proposed: the department's manager.")
    acknowledged_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    acknowledged_on = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Not Released"), ("asked", "To Acknowledge"), ("acknowledged", "Acknowledged"),
         ("void", "No Longer Asked")],
        string="Status", compute="_compute_state", store=True, index=True)
    can_acknowledge = fields.Boolean(compute="_compute_can_acknowledge", export_string_translation=False)
    kind_id = fields.Many2one(related="release_id.kind_id")
    purpose = fields.Char(related="release_id.purpose")
    subject = fields.Char(related="release_id.subject")
    revision = fields.Char(related="release_id.revision")
    project_number = fields.Char(related="release_id.project_number")
    project_name = fields.Char(related="release_id.project_name")
    discipline = fields.Selection(related="release_id.discipline")
    production_date = fields.Date(related="release_id.production_date")
    note = fields.Text(related="release_id.note")
    attachment_ids = fields.Many2many(related="release_id.attachment_ids", string="Files")
    released_by = fields.Many2one(related="release_id.released_by")
    released_on = fields.Datetime(related="release_id.released_on")
    replaced_by_id = fields.Many2one(related="release_id.replaced_by_id")

    _department_uniq = models.UniqueIndex(
        "(release_id, department_id)", "This department already receives the release.")

    @api.depends("department_id")  # not its name: the words stay those of the day
    def _compute_department_name(self):
        for row in self:
            row.department_name = row.department_id.name

    @api.depends("department_id", "company_id")
    def _compute_user_id(self):
        for row in self:
            row.user_id = row.department_id._get_next_manager(row.release_id.company_id or self.env.company)

    @api.depends("release_id.state", "release_id.replaced_by_id", "acknowledged_on")
    def _compute_state(self):
        for row in self:
            if row.acknowledged_on:
                row.state = "acknowledged"
            elif row.release_id.state == "draft":
                row.state = "draft"
            else:
                in_force = row.release_id.state != "cancelled" and not row.release_id.replaced_by_id
                row.state = "asked" if in_force else "void"

    @api.depends("state", "user_id", "department_id")
    @api.depends_context("uid")
    def _compute_can_acknowledge(self):
        mine = self.env.user._get_own_departments()
        for row in self:
            row.can_acknowledge = row.state == "asked" and row.release_id.released_by != self.env.user and (
                row.user_id == self.env.user or row.department_id._origin in mine)

    @api.depends("release_id", "department_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.release_id.display_name}, {row.department_id.name or ''}"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        if any(row.release_id.state != "draft" for row in rows):
            raise UserError(self.env._("It is released already: release a new revision to other receivers."))
        return rows

    def action_acknowledge(self):
        """The department has received the documents, and works by them from now on (PLN-17).

        :raise AccessError: not one's department, or one has released them oneself
        :raise UserError: not asked any more
        """
        self.check_access("read")
        self._lock()
        for row in self:
            if row.state != "asked":
                raise UserError(self.env._(
                    "%(release)s does not wait for %(department)s to acknowledge it.",
                    release=row.release_id.name, department=row.department_id.name))
            if not row.can_acknowledge:
                raise AccessError(self.env._(
                    "You cannot acknowledge for %(department)s.", department=row.department_id.name))
        self._write_signed({"acknowledged_by": self.env.uid, "acknowledged_on": fields.Datetime.now()})
        self.sudo().activity_unlink([ACKNOWLEDGE_TYPE])  # sudo: the to-do may be a colleague's
        self.sudo().release_id._after_acknowledgement()  # sudo: state is closed to everybody's hands
        return True

    def action_view_release(self):
        """Open the release."""
        self.ensure_one()
        return self.release_id._get_records_action(name=self.env._("Document Release"))

    def _is_reachable(self):
        """Whether somebody can be asked for the department."""
        return self.user_id.active and self.release_id.company_id in self.user_id.sudo().company_ids  # sudo: a fact

    def _ask(self):
        """Each receiver has one to-do; who releases knows what he releases."""
        own = self.filtered(lambda row: row.user_id == self.env.user)
        own.write({"acknowledged_by": self.env.uid, "acknowledged_on": fields.Datetime.now()})
        for row in self - own:
            row.activity_schedule(ACKNOWLEDGE_TYPE, user_id=row.user_id.id, summary=row.display_name)

    @api.model
    def _get_creatable_fields(self):
        return {"release_id", "department_id", "user_id"}

    def _get_open_fields(self):
        return {"department_id", "user_id"} if self.release_id.state == "draft" else set()

    def _get_frozen_fields(self):
        if self.release_id.state == "draft":
            return set()
        return set(self._fields) - (set() if self.acknowledged_on else {"acknowledged_by", "acknowledged_on"})

    def _is_frozen(self):
        return self.release_id.state != "draft"
