from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.aftersales.models.service_request import STAFF
from odoo.addons.order_delivery.models.delivery_notice import DESK, LOGISTICS


class DeliveryClaim(models.Model):
    """Goods arrived damaged: logistics claims from the carrier, after-sales decides what the customer gets (DLV-7)."""

    _inherit = "delivery.claim"

    service_request_id = fields.Many2one(
        "service.request", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", check_company=True,
        help="What after-sales does about it for the customer.")

    def action_service_request(self):
        """One click: after-sales is asked what the customer gets; once more opens the same request (DLV-7).

        :raise AccessError: neither order desk, logistics nor after-sales
        :raise UserError: cancelled, or only a trace of goods that have not arrived
        """
        self.ensure_one()
        self._check_groups(DESK, LOGISTICS, STAFF)
        self.check_access("read")
        self._lock()  # of two who click at once the second meets the request of the first
        claim = self.sudo()  # sudo: made by this button only, whoever may write requests
        if not claim.service_request_id:
            if claim.state == "cancelled" or claim.kind == "not_arrived":
                raise UserError(self.env._("%(claim)s: there are no goods that after-sales could do anything about.",
                                           claim=claim.name))
            request = claim.env["service.request"].create(claim._prepare_service_request())
            claim.photo_ids._adopt(request)
            claim.service_request_id = request
        claim.service_request_id.message_subscribe(self.env.user.partner_id.ids)  # who asks sees what becomes of it
        return claim.service_request_id.with_env(self.env)._get_records_action()

    def _prepare_service_request(self):
        """What the site has reported, as a request of the customer."""
        goods = self.line_ids.filtered("quantity")
        lots = self.env["stock.lot"].search([
            ("name", "in", goods.filtered("lot_name").mapped("lot_name")), ("product_id", "in", goods.product_id.ids),
            ("company_id", "in", (False, self.company_id.id))])
        lines = [f"{line.product_id.display_name} {line.lot_name or ''} {line.quantity:g} {line.uom_id.name}: "
                 f"{line._get_selection_label('condition')}" for line in goods]
        notice = self.notice_id
        return {
            "company_id": self.company_id.id, "source": "delivery", "kind": "quality",
            "subject": self.env._("Damaged or missing on the way: %(notice)s", notice=notice.name),
            "description": "\n".join(filter(None, (self.report_text, self.description, *lines))),
            "partner_id": self.customer_id.id, "order_id": self.order_id.id,
            "contact_name": notice.contact_name, "phone": notice.contact_phone,
            "lot_id": lots.id if len(lots) == 1 and len(goods) == 1 else False,
            "product_id": goods.product_id.id if len(goods.product_id) == 1 else False,
            "quantity": sum(
                line.uom_id._compute_quantity(line.quantity, line.product_id.uom_id) for line in goods
            ) if len(goods.product_id) == 1 else 1.0,
        }

    def _get_resupplying(self):
        return *super()._get_resupplying(), STAFF

    def _prepare_resupply(self, line):
        """What is sent for a request costs that request (AFT-5)."""
        procurement = super()._prepare_resupply(line)
        if self.service_request_id:
            procurement.values["service_request_id"] = self.service_request_id.id
        return procurement

    def _get_living_fields(self):
        return super()._get_living_fields() | {"service_request_id"}
