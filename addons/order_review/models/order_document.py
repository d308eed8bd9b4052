import base64

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.document_control.models.document_control_mixin import Transition

ONE_OF_A_KIND = ("agreement", "contract", "confirmation")  # an order has one, in versions


class OrderDocument(models.Model):
    """A versioned document of an order: technical agreement, drawing, contract... (QUO-3)."""

    _name = "order.document"
    _inherit = ["document.control.mixin", "mail.thread"]
    _description = "Order Document"
    _order = "kind, name, version desc, id desc"
    _check_company_auto = True
    _transitions = {
        "release": Transition(("draft",), "in_force"),
        "supersede": Transition(("in_force",), "superseded"),
    }
    _mail_post_access = "read"

    order_id = fields.Many2one("sale.order", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True, precompute=True)
    kind = fields.Selection(
        [("agreement", "Technical agreement"), ("drawing", "Drawing"), ("contract", "Contract"),
         ("confirmation", "Requirement confirmation"), ("proof", "Customer's written statement"),
         ("other", "Other")], required=True, default="drawing")
    name = fields.Char(required=True, compute="_compute_name", store=True, readonly=False, precompute=True)
    version = fields.Integer(readonly=True, copy=False, default=0, help="Counted for each kind and name.")
    attachment_id = fields.Many2one("ir.attachment", string="File", ondelete="restrict", copy=False)
    datas = fields.Binary(string="File content", compute="_compute_datas", inverse="_inverse_datas")
    file_name = fields.Char(compute="_compute_file_name", inverse="_inverse_datas")
    mimetype = fields.Char(related="attachment_id.mimetype")
    checksum = fields.Char(related="attachment_id.checksum", store=True)
    state = fields.Selection(
        [("draft", "Draft"), ("in_force", "In force"), ("superseded", "Superseded")],
        required=True, readonly=True, default="draft", copy=False, tracking=True)
    released_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    released_on = fields.Datetime(readonly=True, copy=False)

    _version_uniq = models.UniqueIndex("(order_id, kind, name, version) WHERE state <> 'draft'",
                                       "This version was already released.")

    @api.depends("kind")
    def _compute_name(self):
        """What an order has one of is called by its kind, until somebody types a name."""
        labels = self._get_selection_labels("kind")
        for document in self:
            if not document.name or document.name in labels.values():
                document.name = document.kind in ONE_OF_A_KIND and labels[document.kind]

    @api.depends("attachment_id")
    def _compute_datas(self):
        for document in self:
            document.datas = document.attachment_id.datas

    @api.depends("attachment_id")
    def _compute_file_name(self):
        for document in self:
            document.file_name = document.attachment_id.name

    def _inverse_datas(self):
        for document in self:
            if not document.datas:
                continue
            values = {"name": document.file_name or document.name, "datas": document.datas}
            attachment = document.attachment_id
            if attachment and base64.b64encode(attachment.raw or b"") == document.datas:
                if document.file_name and attachment.name != document.file_name:
                    attachment.name = document.file_name
                continue
            document.attachment_id = self.env["ir.attachment"].create(
                {**values, "res_model": document._name, "res_id": document.id})

    @api.depends("name", "version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for document in self:
            document.display_name = self.env._(
                "%(name)s V%(version)s", name=document.name, version=document.version) \
                if document.version else document.name

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._adopt_attachment()
        return documents

    def write(self, vals):
        result = super().write(vals)
        if vals.get("attachment_id"):
            self._adopt_attachment()
        return result

    def action_release(self):
        """Put the document in force; the version in force before it is superseded (QUO-3).

        :raise UserError: not a draft, or without file
        """
        for document in self:
            document.check_access("write")
            document._release()
        return True

    def _release(self):
        self.ensure_one()
        self._check_state("draft")
        if not self.attachment_id:
            raise UserError(self.env._("%(document)s has no file: upload it first.", document=self.display_name))
        # sudo: versions in force are closed to everybody's hands
        former = self.sudo().search([
            ("order_id", "=", self.order_id.id), ("kind", "=", self.kind), ("name", "=", self.name),
            ("state", "!=", "draft")])
        self.attachment_id._seal()
        former.filtered(lambda document: document.state == "in_force")._transit("supersede")
        self._transit("release", version=max(former.mapped("version"), default=0) + 1, released_by=self.env.uid,
                      released_on=fields.Datetime.now())

    def _adopt_attachment(self):
        for document in self.filtered("attachment_id"):
            adopted = document.attachment_id._adopt(document)
            if adopted != document.attachment_id:
                document.write({"attachment_id": adopted.id})

    @api.constrains("attachment_id", "state")
    def _check_attachment(self):
        for document in self:
            if document.state != "draft" and not document.attachment_id:
                raise ValidationError(self.env._("%(document)s has no file.", document=document.display_name))

    @api.model
    def _get_creatable_fields(self):
        return {"order_id", "kind", "name", "attachment_id", "datas", "file_name"}

    def _get_open_fields(self):
        return self._get_creatable_fields() if self.state == "draft" else set()

    def _get_frozen_fields(self):
        if self.state == "draft":
            return set()
        return set(self._fields) - ({"state"} if self.state == "in_force" else set())

    def _is_frozen(self):
        return self.state != "draft"

    def _check_frozen(self, vals):
        result = super()._check_frozen(vals)
        if any(document.state == "in_force" for document in self) and vals.get("state", "superseded") != "superseded":
            raise UserError(self.env._("A document in force can only be superseded by its next version."))
        return result
