from odoo import models

from ..tools.network import Network


class SaleOrder(models.Model):
    """A sales order that is cancelled does not leave its manufacturing and purchase orders behind unnoticed."""

    _inherit = "sale.order"

    def action_cancel(self):
        """From the order's form: where something was procured for it, show first what becomes of it."""
        asks = self.env.context.get("order_change_ask") and len(self) == 1 and self.state == "sale" and not self.locked
        if asks and self._get_supply_of_cancelled():
            return {
                "name": self.env._("Cancel the Order"), "type": "ir.actions.act_window",
                "res_model": "order.change.cancel", "view_mode": "form", "target": "new",
                "context": {"default_order_id": self.id}}
        return super().action_cancel()

    def _action_cancel(self):
        """Whoever cancels, by whatever door: what is left of what was procured has somebody who settles it."""
        self.check_access("write")
        supplies = {order: order._get_supply_of_cancelled() for order in self if order.state == "sale"}
        if self.env.context.get("order_change_follow"):
            for order, found in supplies.items():
                # sudo: what the window showed, by whoever may cancel the order
                order.sudo()._let_supplies_follow(found)
        # sudo: Odoo notes it at the manufacturing and purchase orders, which the salesperson does not read
        result = super(SaleOrder, self.sudo() if any(supplies.values()) else self)._action_cancel()
        for order, found in supplies.items():
            order._leave(found)
        return result

    def _get_cancelled_network(self):
        """All that was procured for the order, as it falls to nothing."""
        change = self.env["order.change"].sudo()  # whoever cancels: all of it
        rows = self.sudo().order_line  # as above
        network = Network(change._get_demands(rows))
        for row in rows:
            demands = change._get_demands_of(row, network)
            open_moves = demands.filtered(lambda move: move.state not in ("done", "cancel") and not move.production_id)
            network.lower(demands, sum(open_moves.mapped("product_qty")))
        return network

    def _get_supply_of_cancelled(self):
        """What would be left: supplies of the cancelled order, those above first."""
        return [supply for supply in self._get_cancelled_network().supplies.values() if supply.fall > 0]

    def _let_supplies_follow(self, supplies):
        """What was not begun is cancelled, what was asked for and not ordered is taken off; as of a change."""
        change = self.env["order.change"]
        productions = [supply for supply in supplies
                       if supply.record._name == "mrp.production" and not supply.stays]
        self.order_line.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel") and not move.production_id)._unprocure()
        change._lower_productions([(supply.record, supply.fall) for supply in productions])
        change._drop_empty(supplies, self)

    def _leave(self, supplies):
        """Somebody settles each document that is still there."""
        rows = self.env["order.leftover"].sudo()  # written by the system only
        change = self.env["order.change"].sudo()  # as above
        values = []
        for supply in supplies:
            record = supply.record.exists()
            if not record or not record._is_left():
                continue
            words = record._describe_change_of_supply(supply)
            part = "production" if record._name == "mrp.production" else "purchasing"
            department = change._get_part_department(part, self.company_id)
            surplus = self.env._(
                "%(quantity)s %(unit)s are not needed any more", quantity=change._format_number(supply.fall),
                unit=record.product_id.uom_id.name)
            values.append({
                "order_id": self.id, "order_name": self.name, "company_id": self.company_id.id,
                "document_name": words["name"], "department_id": department.id,
                "what": "\n".join(filter(None, (surplus, words.get("obstacle")))),
                "user_id": (record._get_settler() or department._get_next_manager(self.company_id)).id,
                "production_id" if part == "production" else "purchase_line_id": record.id})
        rows.create(values)._ask()
