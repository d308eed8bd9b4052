from markupsafe import Markup

from odoo import api, fields, models


class QualityInspection(models.Model):
    _inherit = "quality.inspection"

    purchase_line_id = fields.Many2one(
        "purchase.order.line", string="Purchase Order Line", compute="_compute_purchase_line_id", store=True,
        recursive=True, index="btree_not_null", ondelete="restrict")
    purchase_id = fields.Many2one(related="purchase_line_id.order_id", string="Purchase Order")
    delivery_note_ref = fields.Char(related="picking_id.delivery_note_ref")

    @api.depends("move_id", "parent_id.purchase_line_id")
    def _compute_purchase_line_id(self):
        for inspection in self:
            inspection.purchase_line_id = (
                inspection.move_id.purchase_line_id or inspection.parent_id.purchase_line_id)

    def _is_bought(self):
        """Whether the goods came on a purchase order: from a supplier, or from a subcontractor."""
        return self.trigger in ("incoming", "subcontract")

    def _get_buyer(self):
        """Buyer of the goods: of their order, else the head of purchasing (REC-5)."""
        self.ensure_one()
        if not self._is_bought():
            return super()._get_buyer()
        # sudo: the inspector need not read purchase orders
        return self.sudo().purchase_line_id.order_id.user_id.sudo(False) or self.company_id._get_purchase_head()

    def _get_heads(self):
        """Of received goods the head of purchasing is told as well as the head of quality (REC-5)."""
        heads = super()._get_heads()
        return heads | self.company_id._get_purchase_head() if self._is_bought() else heads

    def _notify_result(self):
        """Purchasing and material control read the result on the order and the receipt (REC-6)."""
        result = super()._notify_result()
        for inspection in self.sudo():  # sudo: the inspector has no rights on orders and transfers
            if inspection._is_bought():
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
