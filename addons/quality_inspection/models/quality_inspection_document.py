from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.models.document_control_mixin import Transition


class QualityInspectionDocument(models.Model):
    """A drawing, agreement or standard by which goods are inspected, in its released version (REC-4, FQC-5)."""
    _name = "quality.inspection.document"
    _inherit = ["document.control.mixin", "mail.thread"]
    _description = "Inspection Document"
    _order = "name, revision desc, id desc"
    _check_company_auto = True
    _transitions = {
        "release": Transition(("draft",), "released"),
        "supersede": Transition(("released",), "superseded"),
    }

    name = fields.Char(required=True, tracking=True)
    kind = fields.Selection(
        [("drawing", "Drawing"), ("agreement", "Agreement"), ("standard", "Standard"), ("procedure", "Procedure")],
        required=True, default="drawing")
    revision = fields.Char(required=True, default="A", tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company)
    product_tmpl_ids = fields.Many2many("product.template", string="Products", check_company=True)
    datas = fields.Binary(string="File", attachment=True)
    file_name = fields.Char()
    state = fields.Selection(
        [("draft", "Draft"), ("released", "Released"), ("superseded", "Superseded")],
        required=True, default="draft", readonly=True, copy=False, index=True, tracking=True)
    released_by = fields.Many2one("res.users", readonly=True, copy=False)
    released_on = fields.Datetime(readonly=True, copy=False)

    _released_uniq = models.UniqueIndex(
        "(company_id, kind, name) WHERE state = 'released'",
        "Another revision of this document is released; release replaces it through the button.")
    _revision_uniq = models.UniqueIndex(
        "(company_id, kind, name, revision)", "This revision of the document exists already.")

    @api.depends("name", "revision")
    def _compute_display_name(self):
        for document in self:
            document.display_name = f"{document.name} ({document.revision})"

    @api.model
    def _get_creatable_fields(self):
        return {"name", "kind", "revision", "company_id", "product_tmpl_ids", "datas", "file_name"}

    def _get_open_fields(self):
        return self._get_creatable_fields() if self.state == "draft" else {"product_tmpl_ids"}

    def _is_frozen(self):
        return self.state != "draft"

    def _get_living_fields(self):
        return {"state", "product_tmpl_ids"}

    def action_release(self):
        """Make this the version to inspect by; the released one of the same name and kind is superseded (REC-4).

        :raise UserError: the document is not a draft, or has no file
        """
        self.check_access("write")
        for document in self:
            document._check_state("draft")
            if not document.datas:
                raise UserError(self.env._(
                    "%(document)s has no file. Add it before you release it.", document=document.display_name))
            former = self.search([
                ("company_id", "=", document.company_id.id), ("kind", "=", document.kind),
                ("name", "=", document.name), ("state", "=", "released")])
            former._transit("supersede")
            former.flush_recordset(["state"])
            document._transit("release", released_by=self.env.uid, released_on=fields.Datetime.now())
            # sudo: the file belongs to the document
            self.env["ir.attachment"].sudo().search([
                ("res_model", "=", self._name), ("res_id", "=", document.id), ("res_field", "=", "datas")
            ])._seal()

    def action_new_revision(self):
        """Open a draft copy of this version, to be given its own revision and file."""
        self.ensure_one()
        revision = self.env._("%(revision)s (new)", revision=self.revision)
        draft = self.copy({"revision": revision, "datas": False, "file_name": False})
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": draft.id, "view_mode": "form"}

    def _get_released(self):
        """The version of each of these documents that is released now; a draft without one gives nothing."""
        released = self.browse()
        keys = {(document.company_id.id, document.kind, document.name) for document in self}
        if not keys:
            return released
        found = self.search([("name", "in", self.mapped("name")), ("state", "=", "released")])
        return found.filtered(lambda document: (document.company_id.id, document.kind, document.name) in keys)

    def _get_entry_data(self):
        """What the screen for results shows of it."""
        return {
            "id": self.id,
            "name": self.name,
            "kind_label": self._get_selection_label("kind"),
            "revision": self.revision,
            "url": f"/web/content/{self._name}/{self.id}/datas/{self.file_name or self.name}" if self.datas else False,
        }
