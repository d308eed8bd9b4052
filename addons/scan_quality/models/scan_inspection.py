from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

MOST = 40


class ScanInspection(models.AbstractModel):
    """What flows about inspections share: which one is meant."""

    _name = "scan.inspection"
    _inherit = "scan.flow"
    _description = "Scanning an Inspection"

    _flow_groups = ("quality_inspection.group_quality_user",)

    @api.model
    def _get_job_domain(self):
        """Inspections that wait for this."""
        return Domain.FALSE

    @api.model
    def _count_jobs(self):
        return self.env["quality.inspection"].search_count(self._get_job_domain())

    @api.model
    def _get_today_jobs(self):
        return list(self.env["quality.inspection"].search(self._get_job_domain(), limit=MOST))

    @api.model
    def _show_choose(self, walk):
        offer = walk.memory.get("offer")
        domain = self._get_job_domain() & (Domain("id", "in", offer) if offer else Domain.TRUE)
        found = self.env["quality.inspection"].search(domain, limit=MOST)
        return {
            "expect": self.env._("Scan goods, a lot, a receipt or an inspection"),
            "hidden": 0 if len(found) < MOST else self.env["quality.inspection"].search_count(domain) - MOST,
            "lines": [self._line(
                one.id, one.product_id.display_name, code=one.name, lot=one.lot_id.name or "", demand=one.quantity,
                done=None,
                unit=one.product_uom_id.name, note=one.partner_id.display_name or "") for one in found]}

    @api.model
    def _on_scan_choose(self, walk, event):
        reading, found = self._resolve(event)
        named = found.inspection | found.inspected
        if not named and (products := found.product | found.packaging.product_id or found.reference):
            named = self.env["quality.inspection"].search(
                self._get_job_domain() & Domain("product_id", "in", products.ids), limit=MOST)
            if not named:
                raise UserError(self._says().no_inspection(products[:1].display_name))
        if not named:
            if found:
                raise UserError(self._says().no_inspection(reading.text))
            self._refuse_unknown(reading)
        fitting = named.filtered_domain(self._get_job_domain())
        if len(fitting) > 1:
            walk.memory["offer"] = fitting.ids
            return self._message("info", self._says().choose_inspection(len(fitting)))
        return self._open(walk, fitting or named[:1])

    @api.model
    def _on_pick_choose(self, walk, event):
        value = event.get("value")
        inspection = self.env["quality.inspection"].search([("id", "=", value)]) if isinstance(value, int) else None
        if not inspection:
            raise UserError(self._says().nothing_here())
        return self._open(walk, inspection)

    @api.model
    def _on_start(self, walk, value):
        if isinstance(value, dict) and value.get("model") == "quality.inspection":
            return self._on_pick_choose(walk, {"value": value.get("id")})
        return None

    @api.model
    def _open(self, walk, inspection):
        raise NotImplementedError

    @api.model
    def _on_press(self, walk, event):
        if event.get("value") != "other":
            raise UserError(self._says().nothing_here())
        walk.memory, walk.past = {}, []
        walk.go("choose")
        return None

    @api.model
    def _show_done(self, walk):
        return {"title": walk.memory.get("title", ""), "facts": walk.memory.get("facts", []), "finished": True,
                "expect": self.env._("Scan the next goods"),
                "buttons": [self._button("other", self.env._("Next"), "primary")]}

    @api.model
    def _on_scan_done(self, walk, event):
        walk.memory, walk.past = {}, []
        walk.go("choose")
        return self._on_scan_choose(walk, event)
