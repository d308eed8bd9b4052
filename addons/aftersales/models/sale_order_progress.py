from typing import NamedTuple

from odoo import models


class Step(NamedTuple):
    """One step of an order as its customer reads it: ``state`` is ``done``, ``now`` or ``open``."""

    label: str
    state: str
    detail: str


class SaleOrder(models.Model):
    """The customer sees how far his order is, in plain words, by what its documents say."""

    _inherit = "sale.order"

    def _get_progress(self):
        """Steps of a confirmed order, for its page on the portal; the caller has checked that it is the customer's.

        :return: list of :class:`Step`; empty before the order is confirmed
        """
        self.ensure_one()
        if self.state != "sale":
            return []
        return [
            Step(self.env._("Ordered"), "done", ""), *self._get_making_steps(), *self._get_shipping_steps()]

    def _get_making_steps(self):
        """What happens in the plant, as far as what makes things is installed; what inspects them adds to it."""
        if "mrp_production_ids" not in self._fields:
            return []
        made = self.sudo().mrp_production_ids.filtered(lambda one: one.state != "cancel")  # sudo: shown in words only
        return self._count_step(self.env._("Produced"), made, made.filtered(lambda one: one.state == "done"), any(
            one.state in ("progress", "to_close", "done") for one in made))

    def _get_shipping_steps(self):
        lines = self.sudo().order_line.filtered(  # sudo: as above
            lambda line: line.product_id.type == "consu" and line.product_uom_qty > 0)
        sent = lines.filtered(lambda line: line.product_uom_id.compare(line.qty_delivered, line.product_uom_qty) >= 0)
        shipped = self._count_step(
            self.env._("Shipped"), lines, sent, any(line.qty_delivered > 0 for line in lines))
        lots = self._get_delivered_lots()
        return shipped + self._count_step(
            self.env._("In Operation"), lots, lots.filtered("commissioned_on"), False)

    def _count_step(self, label, of, done, is_begun):
        """A step that is as far as so many of its documents are; none where there are none."""
        if not of:
            return []
        state = "done" if len(done) == len(of) else "now" if done or is_begun else "open"
        return [Step(label, state, "" if state != "now" or len(of) == 1 else self.env._(
            "%(done)s of %(all)s", done=len(done), all=len(of)))]

    def _get_delivered_lots(self):
        # sudo: shown in words only
        return self.env["stock.move.line"].sudo().search([
            ("move_id.sale_line_id.order_id", "=", self.id), ("state", "=", "done"), ("lot_id", "!=", False),
            ("location_dest_id.usage", "=", "customer")]).lot_id
