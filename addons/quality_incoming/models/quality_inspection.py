from markupsafe import Markup

from odoo import api, fields, models


class QualityInspection(models.Model):
    _inherit = "quality.inspection"

    purchase_line_id = fields.Many2one(
        "purchase.order.line", string="Purchase Order Line", compute="_compute_purchase_line_id", store=True,
        recursive=True, index="btree_not_null", ondelete="restrict")
    root_id = fields.Many2one(
        "quality.inspection", string="First Inspection", compute="_compute_root_id", store=True, recursive=True,
        index="btree_not_null", help="Of a re-inspection: the inspection that the lot began with.")
    purchase_id = fields.Many2one(related="purchase_line_id.order_id", string="Purchase Order")
    delivery_note_ref = fields.Char(related="picking_id.delivery_note_ref")

    @api.depends("move_id", "parent_id.purchase_line_id")
    def _compute_purchase_line_id(self):
        for inspection in self:
            inspection.purchase_line_id = (
                inspection.move_id.purchase_line_id or inspection.parent_id.purchase_line_id)

    @api.depends("parent_id.root_id")
    def _compute_root_id(self):
        for inspection in self:
            inspection.root_id = inspection.parent_id.root_id or inspection.parent_id

    def _get_release_location(self):
        """Where the receipt would have gone (REC-6)."""
        receipt = self._get_root().move_id
        # sudo: the inspector needs no rights in stock
        return receipt.sudo().quality_release_location_id or super()._get_release_location()

    def _get_buyer(self):
        """Buyer of the goods: of their order, else the head of purchasing (REC-5)."""
        self.ensure_one()
        if self.trigger != "incoming":
            return super()._get_buyer()
        # sudo: the inspector need not read purchase orders
        return self.sudo().purchase_line_id.order_id.user_id.sudo(False) or self.company_id._get_purchase_head()

    def _get_heads(self):
        """Of received goods the head of purchasing is told as well as the head of quality (REC-5)."""
        heads = super()._get_heads()
        return heads | self.company_id._get_purchase_head() if self.trigger == "incoming" else heads

    def _notify_result(self):
        """Purchasing and material control read the result on the order and the receipt (REC-6)."""
        result = super()._notify_result()
        for inspection in self.sudo():  # sudo: the inspector has no rights on orders and transfers
            if inspection.trigger == "incoming":
                body = inspection._get_result_link()
                people = inspection._get_buyer() | inspection.company_id._get_material_head()
                for document in filter(None, (inspection.purchase_id, inspection.picking_id)):
                    document.message_post(body=body, partner_ids=people.partner_id.ids)
                    people = people.browse()  # once is enough
        return result

    def _get_result_link(self):
        """The result in a sentence, with a link to the inspection."""
        self.ensure_one()
        return Markup("%s %s") % (self._get_html_link(), self._describe_result())
