from odoo import fields, models


class ProjectPlanUnshipped(models.Model):
    """The day that sales says is the one by which store, order desk and logistics work (PLN-8, DLV-1)."""

    _inherit = "project.plan.unshipped"

    delivery_notices = fields.Char(
        compute="_compute_delivery_notices", help="By which delivery notices the goods leave.")

    def _compute_delivery_notices(self):
        # sudo: numbers are shown to whoever reads the paper
        by_order = self.sudo()._get_delivery_notices().grouped("order_id")
        for paper in self:
            notices = by_order.get(paper.sudo().project_id.plan_order_id)
            paper.delivery_notices = ", ".join(notices.mapped("name")) if notices else False

    def _get_delivery_notices(self):
        return self.env["delivery.notice"].search([
            ("order_id", "in", self.project_id.plan_order_id.ids), ("state", "!=", "cancelled")])

    def action_answer(self):
        """Sales says when the goods are shipped: what is still to leave for the order is moved to that day.

        A notice that is not released yet moves, and so do transfers without notice: the notice that is made of them
        proposes the day. A released one stays as it was ordered; its order desk has a to-do to withdraw or delay it.

        :raise AccessError: neither who was asked nor a planner
        :raise UserError: no date, or one that has passed
        """
        result = super().action_answer()
        for paper in self:
            # sudo: sales says when; notices and transfers are the order desk's and the store's
            order = paper.sudo().project_id.plan_order_id
            order.picking_ids.filtered(lambda picking: picking.needs_delivery_notice)._move_to_day(paper.shipping_date)
            paper.sudo()._get_delivery_notices()._take_shipping_date(paper)
        return result
