from odoo import api, fields, models


class RepairOrder(models.Model):
    """A repair knows the request that it was made for, and extends the warranty by the days that it took (AFT-4)."""

    _name = "repair.order"
    _inherit = ["repair.order", "document.fence.mixin"]

    service_request_id = fields.Many2one(
        "service.request", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict", check_company=True)

    def action_repair_done(self):
        result = super().action_repair_done()
        self._extend_warranty()
        return result

    def _extend_warranty(self):
        """The customer could not use the goods from his request until now."""
        now = fields.Datetime.now()
        for repair in self.sudo():  # sudo: extensions are closed to everybody's hands
            request = repair.service_request_id
            days = (now - request.received_on).days if request else 0
            if days > 0 and repair.lot_id and repair.under_warranty and repair.company_id.warranty_extends:
                self.env["service.warranty.extension"].sudo().create({  # sudo: as above
                    "lot_id": repair.lot_id.id, "company_id": repair.company_id.id, "days": days,
                    "repair_id": repair.id, "request_id": request.id})

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"service_request_id"}
