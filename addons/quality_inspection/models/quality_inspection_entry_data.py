from odoo import api, fields, models


class QualityInspection(models.Model):
    """What the screen for results shows: everything in one call."""
    _inherit = "quality.inspection"

    @api.readonly
    def get_entry_data(self):
        """Everything that the screen for results shows, times in UTC.

        Keys are those of the client in ``static/src/result_entry``; quantities are in the product's unit, values of
        measurements in the unit in which they were entered.
        """
        self.ensure_one()
        self.check_access("read")
        inspection = self.sudo()  # sudo: who may read the inspection may read what it is made of
        return {
            **inspection._get_entry_header(),
            "can_edit": self.can_edit,
            "units": sorted(inspection._get_units().values(), key=lambda unit: unit["unit_no"]),
            "serials": [{"id": lot.id, "name": lot.name} for lot in inspection._get_serials()],
            "samples": [sample._get_entry_data() for sample in inspection.sample_ids],
            "lines": inspection._get_entry_lines(),
            "documents": [document._get_entry_data() for document in inspection.document_ids],
            "missing": inspection._get_missing(),
            "preview": inspection._get_verdict_preview(),
            "findings": [[name, self._fields[name]._description_string(self.env)]
                         for name in self._get_finding_fields()],
        }

    def _get_entry_header(self):
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "verdict": self.verdict,
            "revision": self.revision,
            "saved_by": self.saved_by.name,
            "saved_at": fields.Datetime.to_string(self.saved_at),
            "inspector": self._pair(self.inspector_id),
            "product": self._pair(self.product_id),
            "quantity": self.quantity,
            "uom": self._pair(self.product_uom_id),
            "partner": self.partner_id.display_name,
            "is_return": self.trigger == "customer_return",
            "lot": self.lot_id.name,
            "picking": self.picking_id.name,
            "supplier_batch": self.supplier_batch,
            "note": self.note,
            "demand_date": fields.Datetime.to_string(self.demand_date),
            "instruction": self.plan_id.instruction and str(self.plan_id.instruction),
            "missing_documents": self.missing_documents,
            "missing_documents_note": self.missing_documents_note,
            "plan": self.plan_id.name,
            "whole": self._is_whole(),
            "sla_clocks": self.sla_clocks,
            "nonconformity": self._pair(self.open_nonconformity_id),
        }

    @api.model
    def _pair(self, record):
        return {"id": record.id, "name": record.display_name} if record else False

    def _get_entry_lines(self):
        instruments = self.env["quality.instrument"].sudo().search(  # sudo: see get_entry_data
            [("company_id", "=", self.company_id.id)], limit=200)
        choices = [instrument._get_entry_data() for instrument in instruments]
        units = {uom: self._get_convertible_units(uom) for uom in self.line_ids.uom_id}
        return [line._get_entry_data(choices, units.get(line.uom_id, [])) for line in self.line_ids]

    @api.model
    def _get_convertible_units(self, uom):
        """Units in which values may be entered: ``value entered * factor`` is the value in ``uom``."""
        root = int((uom.parent_path or "").split("/", 1)[0] or uom.id)
        units = self.env["uom.uom"].search([("id", "child_of", root)], limit=50)
        return [{"id": one.id, "name": one.name, "factor": one.factor / uom.factor} for one in units]
