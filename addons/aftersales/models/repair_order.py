from odoo import api, fields, models


class RepairOrder(models.Model):
    """A repair knows the request that it was made for, and extends the warranty by the days that it took (AFT-4)."""

    _name = "repair.order"
    _inherit = ["repair.order", "document.fence.mixin"]

    service_request_id = fields.Many2one(
        "service.request", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict", check_company=True)

    def action_validate(self):
        self._take_place()
        return super().action_validate()

    def action_repair_done(self):
        self._take_place()
        result = super().action_repair_done()
        self._extend_warranty()
        return result

    def _take_place(self):
        """What came back is repaired where it stands, and stays there: quality holds it, or *Send Back* takes it."""
        for repair in self.filtered(lambda repair: repair.state not in ("done", "cancel")):
            # sudo: which transfers have brought it, whoever repairs it
            back = repair.sudo().service_request_id._get_kept_returns().filtered(
                lambda move, repair=repair: move.state == "done" and move.product_id == repair.product_id)[-1:]
            place = back._get_returned_place() if back else False
            if place and repair.product_location_src_id != place:
                repair.write({"product_location_src_id": place.id, "product_location_dest_id": place.id})

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
