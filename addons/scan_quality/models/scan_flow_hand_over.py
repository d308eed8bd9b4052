from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ScanFlowHandOver(models.AbstractModel):
    """Hand goods to inspection: a draft is submitted, the goods are held and the time limit runs (REC-2, REC-3).

    Receipts hand theirs over by themselves. States: ``choose`` → ``show`` → ``done``.
    """

    _name = "scan.flow.hand_over"
    _inherit = "scan.inspection"
    _description = "Scanning: Hand to Inspection"

    _flow_icon = "fa-share-square-o"
    _flow_sequence = 15

    @api.model
    def _flow_label(self):
        return self.env._("Hand to Inspection")

    @api.model
    def _get_job_domain(self):
        return Domain("state", "=", "draft") & Domain("company_id", "=", self.env.company.id)

    @api.model
    def _open(self, walk, inspection):
        if inspection.state != "draft":
            raise UserError(self._says().no_inspection(inspection.name))
        walk.memory = {"inspection": inspection.id, "title": inspection.name}
        walk.go("show")
        return self._message("success", inspection.product_id.display_name)

    @api.model
    def _show_show(self, walk):
        one = self.env["quality.inspection"].browse(walk.memory["inspection"])
        return {
            "title": one.name, "expect": self.env._("Hand it over"),
            "facts": [{"label": self.env._("Product"), "value": one.product_id.display_name},
                      {"label": self.env._("Lot"), "value": one.lot_id.name or "–"},
                      {"label": self.env._("Quantity"), "value": f"{one.quantity:g} {one.product_uom_id.name}"}],
            "buttons": [self._button("submit", self.env._("Hand Over"), "primary"),
                        self._button("other", self.env._("Back"))]}

    @api.model
    def _on_press_show(self, walk, event):
        if event.get("value") != "submit":
            return self._on_press(walk, event)
        inspection = self.env["quality.inspection"].browse(walk.memory["inspection"])
        inspection.action_submit()
        walk.memory = {"title": inspection.name}
        walk.go("done")
        return self._message("success", self._says().handed_over(inspection.name))

    @api.model
    def _on_scan_show(self, walk, event):
        return self._on_scan_done(walk, event)
