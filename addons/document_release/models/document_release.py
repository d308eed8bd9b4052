from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

#: What the engineer writes.
PAPER = {
    "kind_id", "subject", "revision", "project_number", "project_name", "discipline", "production_date", "lead_days",
    "note", "attachment_ids", "receiver_ids",
}
STAFF = ("document_release.group_document_release_user",)


class DocumentRelease(models.Model):
    """BOM, drawings, agreements: released to the departments, which acknowledge one by one (PLN-17)."""

    _name = "document.release"
    _inherit = ["document.control.mixin", "document.link.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Document Release"
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "document.release"

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    kind_id = fields.Many2one(
        "document.release.kind", required=True, index=True, ondelete="restrict", check_company=True, tracking=True)
    purpose = fields.Char(related="kind_id.purpose")
    subject = fields.Char(required=True, help="What is released, e.g. general arrangement of =A1 to =A6.")
    revision = fields.Char(required=True, default="A", tracking=True)
    state = fields.Selection(
        [("draft", "Draft"), ("released", "Released"), ("acknowledged", "Acknowledged"), ("cancelled", "Cancelled")],
        string="Status", required=True, readonly=True, default="draft", copy=False, index=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company,
        ondelete="restrict")
    user_id = fields.Many2one(
        "res.users", string="Author", readonly=True, copy=False, required=True, index=True, ondelete="restrict",
        default=lambda self: self.env.user)
    project_number = fields.Char(index="trigram")
    project_name = fields.Char()
    discipline = fields.Selection(
        [("electrical", "Electrical"), ("mechanical", "Mechanical"), ("both", "Electrical and Mechanical")])
    needs_discipline = fields.Boolean(related="kind_id.needs_discipline")
    production_date = fields.Date(string="Start of Production", tracking=True)
    lead_days = fields.Integer(
        string="Days before Production", compute="_compute_lead_days", store=True, readonly=False, precompute=True,
        help="Working days before the start of production by which it is released.")
    note = fields.Text()
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    receiver_ids = fields.One2many("document.release.receiver", "release_id", string="Receivers", copy=True)
    receiver_count = fields.Integer(compute="_compute_receiver_count")
    acknowledged_count = fields.Integer(compute="_compute_receiver_count")
    released_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    released_on = fields.Datetime(readonly=True, copy=False)
    previous_id = fields.Many2one(
        "document.release", string="Replaces", readonly=True, copy=False, index="btree_not_null", ondelete="restrict")
    replaced_by_id = fields.Many2one(
        "document.release", string="Replaced by", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict", tracking=True)
    successor_state = fields.Selection(related="replaced_by_id.state", string="Status of What Replaces It")
    can_acknowledge = fields.Boolean(compute="_compute_can_acknowledge", export_string_translation=False)

    _one_successor = models.UniqueIndex(
        "(previous_id) WHERE previous_id IS NOT NULL AND state != 'cancelled'",
        "A new revision of this release is there already.")

    @api.depends("kind_id")
    def _compute_lead_days(self):
        for release in self:
            release.lead_days = release.kind_id.lead_days

    @api.depends("receiver_ids.acknowledged_on")
    def _compute_receiver_count(self):
        for release in self:
            release.receiver_count = len(release.receiver_ids)
            release.acknowledged_count = len(release.receiver_ids.filtered("acknowledged_on"))

    @api.depends("receiver_ids.state", "receiver_ids.user_id", "receiver_ids.department_id")
    @api.depends_context("uid")
    def _compute_can_acknowledge(self):
        for release in self:
            release.can_acknowledge = any(release.receiver_ids.mapped("can_acknowledge"))

    @api.depends("name", "subject", "revision")
    def _compute_display_name(self):
        for release in self:
            if release._origin:
                release.display_name = f"{release.name} {release.subject or ''} {release.revision or ''}".strip()
            else:  # a new one has no number: the screen says New
                release.display_name = release.subject

    @api.constrains("lead_days")
    def _check_lead_days(self):
        for release in self:
            if not 0 <= release.lead_days <= 365:
                raise ValidationError(self.env._(
                    "%(release)s: give between 0 and 365 days before production.", release=release.display_name))

    @api.onchange("kind_id")
    def _onchange_kind_id(self):
        self.receiver_ids = [Command.clear(), *self._prepare_receivers(self.kind_id, self.company_id)]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_released(self):
        for release in self:
            if release.state != "draft":
                raise UserError(self.env._(
                    "%(release)s was released and stays on record. Cancel it, or release a new revision.",
                    release=release.name))

    @api.model
    def _get_domain_of(self, records):
        """Releases to records of one model; addons add what was released to their parts, as the items of a plan."""
        return Domain("res_model", "=", records._name) & Domain("res_id", "in", records.ids)

    @api.model
    def _prepare_receivers(self, kind, company):
        return [Command.create({"department_id": department.id}) for department in kind.department_ids
                if department.company_id in (company, company.browse())]

    @api.model
    def _prepare_created(self, vals_list):
        for vals in vals_list:
            if "receiver_ids" not in vals and vals.get("kind_id"):
                vals["receiver_ids"] = self._prepare_receivers(
                    self.env["document.release.kind"].browse(vals["kind_id"]),
                    self.env["res.company"].browse(vals.get("company_id") or self.env.company.id))
        return super()._prepare_created(vals_list)

    @api.model
    def _get_creatable_fields(self):
        return PAPER | self._get_link_fields() | {"company_id"}

    def _get_open_fields(self):
        if self.state != "draft" or not self.env.user.has_group(*STAFF):
            return set()
        return PAPER | self._get_link_fields()

    def _get_frozen_fields(self):
        if self.state == "draft":
            return set()
        living = {"state", "replaced_by_id"} if self.state != "cancelled" else set()
        return set(self._fields) - living

    def _is_frozen(self):
        return self.state != "draft"

    def _has_closed_history(self):
        """Receivers ask about a release; what they say may be mended until it is out of force."""
        return self.state == "cancelled" or bool(self.replaced_by_id)
