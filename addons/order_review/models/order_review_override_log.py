from odoo import api, fields, models


class OrderReviewOverrideLog(models.Model):
    """One release of an order without its review: who, when, why, and how far the review was (REV-11).

    Written by the override itself, changed and deleted by nobody.
    """

    _name = "order.review.override.log"
    _inherit = ["document.control.mixin"]
    _description = "Release without Review: Record"
    _order = "id desc"
    _rec_name = "order_id"
    _technical_fields = ("digest",)

    order_id = fields.Many2one("sale.order", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True, precompute=True)
    user_id = fields.Many2one("res.users", string="Released by", required=True, readonly=True, ondelete="restrict")
    released_on = fields.Datetime(required=True, readonly=True)
    reason = fields.Text(required=True, readonly=True)
    review_stage = fields.Selection(
        selection=lambda self: self.env["sale.order"]._fields["review_stage"]._description_selection(self.env),
        string="Review at that time", readonly=True)
    review_id = fields.Many2one("order.review", string="Round at that time", readonly=True, ondelete="restrict",
                                index="btree_not_null")
    digest = fields.Char(
        string="Fingerprint", readonly=True, help="Fingerprint of the content that was released.")

    @api.depends("order_id")
    def _compute_display_name(self):
        for log in self.sudo():  # sudo: a name only; a record outlives its reader's right to the order
            log.display_name = log.order_id.display_name

    def _is_frozen(self):
        return True
