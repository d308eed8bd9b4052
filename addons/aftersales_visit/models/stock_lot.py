from odoo import models


class StockLot(models.Model):
    _inherit = "stock.lot"

    def _get_service_history(self, most):
        """``{lot: {"warranty", "history"}}``: what was done on each serial number, the last first (AFT-3, AFT-4)."""
        labels = self._get_selection_labels("warranty_state")
        # sudo: what was done on a cabinet is told to whoever works on it; of his companies only
        mine = [("company_id", "in", self.env.companies.ids)]
        requests = self.env["service.request"].sudo().search([("lot_id", "in", self.ids), *mine], order="id desc")
        visits = self.env["service.visit"].sudo().search(
            [("lot_ids", "in", self.ids), ("state", "=", "done"), *mine], order="id desc")
        found = {}
        for lot in self:
            rows = [(request.company_id, request.received_on, f"{request.name} {request.subject}",
                     request.solution or "")
                    for request in requests if request.lot_id == lot]
            rows += [(visit.company_id, visit.done_on, f"{visit.name} {visit.kind_id.name}", visit.work_done or "")
                     for visit in visits if lot in visit.lot_ids]
            end = f" {lot.warranty_end:%Y-%m-%d}" if lot.warranty_end else ""
            found[lot] = {
                "warranty": f"{labels[lot.warranty_state]}{end}",
                "history": [{"day": f"{company._get_day(moment):%Y-%m-%d}", "title": title, "text": text}
                            for company, moment, title, text in sorted(
                                rows, key=lambda row: row[1:], reverse=True)[:most]]}
        return found
