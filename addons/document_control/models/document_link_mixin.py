from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache


class DocumentLinkMixin(models.AbstractModel):
    """A record about another document, of whatever model.

    Whoever writes the link must be able to read the document. Whoever reads the record is led there if he may open the
    document, and else reads what it was called when the link was made.
    """

    _name = "document.link.mixin"
    _description = "Link to a Document"

    res_model = fields.Char(string="Document Model")
    res_id = fields.Many2oneReference(string="Document Id", model_field="res_model", index=True)
    document_ref = fields.Reference(
        selection="_selection_document_model", string="Document", compute="_compute_document_ref",
        inverse="_inverse_document_ref", help="What it is about: an order, a task, a product …")
    document_name = fields.Char(
        string="Concerns", compute="_compute_document_name", store=True, help="As it was called then, for the form.")

    @api.depends("res_model", "res_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_document_ref(self):
        self.document_ref = False
        for name, records in self.filtered("res_id").grouped("res_model").items():
            if name in dict(self._get_document_labels()):
                documents = self.env[name].browse(records.mapped("res_id")).exists()
                readable = set(documents._filtered_access("read").ids)
                for record in records.filtered(lambda record, ids=readable: record.res_id in ids):
                    record.document_ref = documents.browse(record.res_id)

    def _inverse_document_ref(self):
        for record in self:
            document = record.document_ref
            record.write({"res_model": document._name if document else False, "res_id": document and document.id})

    @api.depends("res_model", "res_id")  # not its name: the words stay those of the day
    def _compute_document_name(self):
        for record in self:
            document = record._get_document()
            record.document_name = document is not None and (
                f"{dict(self._get_document_labels())[document._name]} {document.display_name}")

    @api.constrains("res_model", "res_id")
    def _check_document(self):
        for record in self.filtered(lambda record: record.res_model or record.res_id):
            if record._get_document() is None:
                raise ValidationError(self.env._(
                    "%(record)s: the document that it names does not exist (%(model)s, %(id)s). Choose it again.",
                    record=record.display_name, model=record.res_model or "–", id=record.res_id or "–"))

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_document_access()
        return records

    def write(self, vals):
        result = super().write(vals)
        if self._get_link_fields().intersection(vals):
            self._check_document_access()
        return result

    def _check_document_access(self):
        """Whoever writes a link may read what it leads to.

        :raise AccessError: he may not
        """
        for name, records in self.filtered("res_id").grouped("res_model").items():
            self.env[name].browse(records.mapped("res_id")).check_access("read")

    def _selection_document_model(self):
        return list(self._get_document_labels())

    @api.model
    @ormcache("self.env.lang")
    def _get_document_labels(self):
        """Pairs (model, label) of what can be linked: documents with a history."""
        found = self.env["ir.model"].sudo().search_fetch([  # sudo: which documents there are is no secret
            ("is_mail_thread", "=", True), ("transient", "=", False)], ["model", "name"])
        return tuple((model.model, model.name) for model in found if model.model in self.env and (
            self.env[model.model]._auto))

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offered for choice is what people have to-dos of, as far as the caller may read it; a link that an action or
        an import gives may lead to any document with a history."""
        result = super().fields_get(allfields, attributes)
        about = result.get("document_ref", {})
        if "selection" in about:
            about["selection"] = [(name, label) for name, label in about["selection"] if (
                "activity_ids" in self.env[name]._fields and self.env[name].has_access("read"))]
        return result

    def _get_document(self):
        """The document that the record is about, with the rights of the caller; None where there is none."""
        self.ensure_one()
        if not self.res_id or self.res_model not in dict(self._get_document_labels()):
            return None
        document = self.env[self.res_model].browse(self.res_id)
        return document if document.exists() else None

    @api.model
    def _get_link_fields(self):
        """Names of the fields by which a user gives the link."""
        return {"res_model", "res_id", "document_ref"}
