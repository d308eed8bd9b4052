from odoo import fields, models


class ContactSheetMixin(models.AbstractModel):
    """Documents from whose form people write contact sheets and expedite notices (PLN-12, PLN-13)."""

    _name = "contact.sheet.mixin"
    _description = "Document with Contact Sheets"

    contact_sheet_count = fields.Integer(compute="_compute_contact_sheet_count")

    def _compute_contact_sheet_count(self):
        """Those that the user may read."""
        counts = dict(self.env["contact.sheet"]._read_group(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], ["res_id"], ["__count"]))
        for record in self:
            record.contact_sheet_count = counts.get(record._origin.id, 0)

    def action_view_contact_sheets(self):
        """Open the contact sheets on this document; a new one is about it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("contact_sheet.contact_sheet_action")
        return {
            **action,
            "domain": [("res_model", "=", self._name), ("res_id", "=", self.id)],
            "context": self._get_contact_sheet_context("contact"),
        }

    def action_new_contact_sheet(self):
        """Write a contact sheet (跨部门工作联系单) about this document."""
        return self._new_contact_sheet("contact")

    def action_new_expedite_notice(self):
        """Write an expedite notice (催促单) about this document."""
        return self._new_contact_sheet("expedite")

    def _new_contact_sheet(self, kind):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env["contact.sheet"]._get_selection_labels("kind")[kind],
            "res_model": "contact.sheet",
            "view_mode": "form",
            "context": self._get_contact_sheet_context(kind),
        }

    def _get_contact_sheet_context(self, kind):
        """Context of a new sheet on this document; documents add what they know, such as the department asked."""
        context = {"default_kind": kind, "default_res_model": self._name, "default_res_id": self.id}
        if "company_id" in self._fields and self.company_id:
            context["default_company_id"] = self.company_id.id
        return context
