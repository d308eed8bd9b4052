from datetime import timedelta

from odoo import api, fields, models

#: Days that the technician's page holds, back and ahead.
DAYS_BACK, DAYS_AHEAD = 3, 21
#: Of one serial number.
MOST_HISTORY = 5


class ServiceVisit(models.Model):
    """What the technician's page shows; it is kept on his phone for where there is no network (AFT-3)."""

    _inherit = "service.visit"

    @api.model
    def _get_page(self):
        """His visits and what he carries with him, as JSON says it."""
        now, user = fields.Datetime.now(), self.env.user
        visits = self.with_context(allowed_company_ids=(user.company_id | user.company_ids).ids).search([
            "|", ("technician_id", "=", user.id), ("technician_ids", "in", user.ids), "|",
            "&", ("state", "in", ("planned", "under_way")), ("planned_start", "<", now + timedelta(days=DAYS_AHEAD)),
            "&", ("state", "in", ("done", "cancelled")), ("planned_start", ">", now - timedelta(days=DAYS_BACK)),
        ], order="planned_start, id")
        histories = visits.lot_ids._get_service_history(MOST_HISTORY)
        return {
            "user": user.id, "read_on": fields.Datetime.to_string(now),
            "visits": [visit._get_page_values(histories) for visit in visits],
            "stock": self._get_page_stock(visits.company_id or user.company_id)}

    def _get_page_values(self, histories):
        self.ensure_one()
        request = self.request_id.sudo()  # sudo: what the request says is shown with the visit
        mine = self.hours_ids.filtered(lambda line: line.user_id == self.env.user)
        return {
            "id": self.id, "name": self.name, "kind": self.kind_id.name, "state": self.state,
            "state_label": self._get_selection_label("state"), "company": self.company_id.id,
            "start": fields.Datetime.to_string(self.planned_start), "end": fields.Datetime.to_string(self.planned_end),
            "customer": self.partner_id.sudo().display_name, "contact": self.contact_name or "",  # sudo: as above
            "phone": self.phone or "", "address": self.address or "", "instruction": self.instruction or "",
            "request": f"{request.name} {request.subject}" if request else "",
            "request_text": request.description or "",
            "people": self._get_people().mapped("name"), "arrived": fields.Datetime.to_string(self.arrived_on) or "",
            "lots": [{"name": lot.name, "product": lot.product_id.display_name, **histories[lot]}
                     for lot in self.lot_ids],
            "checks": [check._get_page_values() for check in self.check_ids],
            "parts": [{"product": part.product_id.id, "lot": part.lot_id.id, "quantity": part.quantity,
                       "name": part.product_id.display_name, "lot_name": part.lot_id.name or "",
                       "unit": part.uom_id.name, "mine": part.user_id == self.env.user} for part in self.part_ids],
            "hours": {"work": mine.work_hours, "travel": mine.travel_hours, "cost": mine.travel_cost},
            "work_done": self.work_done or "", "signer": self.signer or "",
            "unsigned_why": self.unsigned_why or "", "unsigned_note": self.unsigned_note or "",
            "reason": self.cancel_reason or ""}

    @api.model
    def _get_page_stock(self, companies):
        """What he carries with him: product, lot, free quantity."""
        locations = self.env["stock.location"].concat(*(
            self.env["stock.location"]._get_technician_stock(self.env.user, company) for company in companies))
        quants = self.env["stock.quant"].sudo().search([  # sudo: his own stock
            ("location_id", "child_of", locations.ids)]) if locations else self.env["stock.quant"]
        return [{
            "company": quant.company_id.id, "product": quant.product_id.id, "name": quant.product_id.display_name,
            "lot": quant.lot_id.id, "lot_name": quant.lot_id.name or "", "quantity": quant.available_quantity,
            "unit": quant.product_uom_id.name,
        } for quant in quants if quant.available_quantity > 0]

    def _get_customer_location(self):
        """Where parts go."""
        return self.partner_id.with_company(self.company_id).property_stock_customer
