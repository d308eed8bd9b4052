from odoo import api, fields, models


class ReportPassport(models.AbstractModel):
    """Values of the printed passport (产品履历) of serial numbers (REC-8, REC-9)."""

    _name = "report.quality_production.report_passport"
    _description = "Passport of a Serial Number"

    @api.model
    def _get_report_values(self, docids, data=None):
        """The passports as the web client gets them, with the components as rows.

        :return: ``docs`` (stock.lot), ``passports`` ({lot id: dict}), ``components`` ({lot id: rows}), ``when``
            (function: UTC text to text in the user's time zone)
        """
        lots = self.env["stock.lot"].browse(docids)
        passports = {lot.id: lot.get_passport() for lot in lots}
        return {
            "doc_ids": docids, "doc_model": "stock.lot", "docs": lots, "passports": passports,
            "components": {key: self._get_rows(passport["components"]) for key, passport in passports.items()},
            "when": self._format_moment}

    @api.model
    def _get_rows(self, nodes, level=0):
        """The tree of components as rows with their level, parents first."""
        rows = []
        for node in nodes:
            rows.append({**node, "level": level})
            rows += self._get_rows(node["children"], level + 1)
        return rows

    @api.model
    def _format_moment(self, text):
        if not text:
            return ""
        moment = fields.Datetime.context_timestamp(self, fields.Datetime.to_datetime(text))
        return moment.strftime("%Y-%m-%d %H:%M")
