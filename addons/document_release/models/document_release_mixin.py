from odoo import fields, models


class DocumentReleaseMixin(models.AbstractModel):
    """Records to which documents are released: orders, tasks of a plan (PLN-17)."""

    _name = "document.release.mixin"
    _description = "Record with Document Releases"

    document_release_count = fields.Integer(compute="_compute_document_release_count")

    def _compute_document_release_count(self):
        """Those that the user may read."""
        counts = dict(self.env["document.release"]._read_group(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], ["res_id"], ["__count"]))
        for record in self:
            record.document_release_count = counts.get(record._origin.id, 0)

    def action_view_document_releases(self):
        """Open the releases to this record; a new one belongs to it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("document_release.document_release_action")
        return {
            **action,
            "domain": [("res_model", "=", self._name), ("res_id", "=", self.id)],
            "context": self._get_document_release_context(),
        }

    def _get_document_release_context(self):
        """Context of a new release to this record; records add what they know, such as the project."""
        context = {"default_res_model": self._name, "default_res_id": self.id}
        if "company_id" in self._fields and self.company_id:
            context["default_company_id"] = self.company_id.id
        return context
