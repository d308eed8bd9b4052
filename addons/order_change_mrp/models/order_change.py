from contextlib import contextmanager

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools.network import GONE, Network

#: Whose part a row of the impact is.
ROLES = {
    "production": "order_review.review_role_production",
    "purchasing": "order_review.review_role_purchasing",
    "warehouse": "order_change_mrp.review_role_warehouse",
    "quality": "order_review.review_role_quality",
}


class OrderChange(models.Model):
    """What manufacturing, purchasing and stock do with a change: shown before, done at the approval (CHG-8, CHG-9)."""

    _inherit = "order.change"

    def _get_impact(self):
        change = self.sudo()  # whoever assesses sees the whole
        network = change._get_network()
        change._reckon(network)
        rows = [*change._get_impact_of_supplies(network), *change._get_impact_of_stock(network),
                *change._get_impact_of_deliveries(), *change._get_impact_of_date(),
                *change.line_ids._get_impact_of_components()]
        departments = {part: change._get_part_department(part) for part in ROLES}
        for row in rows:
            part = row.pop("part", None)
            row["department_id"] = part and departments[part].id
        return [*super()._get_impact(), *rows]

    # What hangs on the lines

    def _get_network(self):
        """What was procured for the order lines and the components that the change touches."""
        components = self.line_ids._get_component_moves()
        return Network(self._get_demands(self.line_ids.order_line_id) | components)

    def _get_demands(self, rows):
        """Moves of order lines, and of what is made for them."""
        productions = self.env["mrp.production"].search([("sale_line_id", "in", rows.ids), ("state", "!=", "cancel")])
        return rows.move_ids.filtered(lambda move: move.state != "cancel") | productions.move_finished_ids

    def _reckon(self, network):
        """Let each line fall or grow in the network."""
        for line, more in self.line_ids._get_differences():
            demands = self._get_demands_of(line.order_line_id, network)
            if more < 0:
                network.lower(demands, -more)
            elif demands:
                network.raise_(demands, more)
        for line in self.line_ids.filtered(lambda line: line.kind == "component"):
            line._reckon_component(network)

    def _get_demands_of(self, row, network):
        return network.moves.filtered(lambda move: row and row in (move.sale_line_id, move.production_id.sale_line_id))

    # Shown

    def _get_impact_of_supplies(self, network):
        for supply in network.supplies.values():
            if supply.fall > 0 or supply.growth > 0:
                values = supply.record._describe_change_of_supply(supply)
                yield self._prepare_impact(
                    values.pop("record", supply.record), values.pop("name"), values.pop("what"), **values,
                    part="production" if supply.record._name == "mrp.production" else "purchasing")
        for product, quantity in network.further.items():
            if product.uom_id.compare(quantity, 0) <= 0:
                continue
            yield self._prepare_impact(
                product, product.display_name, self.env._(
                    "%(quantity)s %(unit)s more are procured, beside what is under way",
                    quantity=self._format_number(quantity), unit=product.uom_id.name))

    def _get_impact_of_stock(self, network):
        for product, quantity in network.get_released().items():
            yield self._prepare_impact(
                product, product.display_name, self.env._(
                    "%(quantity)s %(unit)s that are reserved go back to stock",
                    quantity=self._format_number(quantity), unit=product.uom_id.name),
                part="warehouse")

    def _get_impact_of_deliveries(self):
        for line, more in self.line_ids._get_differences():
            moves = line.order_line_id.move_ids.filtered(
                lambda move: move.state not in GONE and move.location_dest_usage == "customer")
            pickings = moves.picking_id
            if not pickings:
                continue
            unit = line.order_line_id.product_id.uom_id
            now = sum(moves.mapped("product_qty"))
            yield self._prepare_impact(
                pickings[:1], ", ".join(pickings.mapped("name")), self.env._(
                    "to be delivered of %(product)s: %(before)s → %(after)s %(unit)s",
                    product=line.order_line_id.product_id.display_name, before=self._format_number(now),
                    after=self._format_number(max(0.0, now + more)), unit=unit.name),
                part="warehouse")

    def _get_impact_of_date(self):
        """The day moves: deadlines follow, the planner's dates are his."""
        line = self.line_ids.filtered(lambda line: line.kind == "date" and line.date)[:1]
        if not line:
            return
        day = format_date(self.env, line.date)
        for production in self._get_open_productions():
            yield self._prepare_impact(
                production, production.name, self.env._(
                    "deadline moves with the order, which is due on %(day)s; its planned dates are the planner's",
                    day=day), part="production")
        for picking in self._get_open_deliveries().picking_id:
            yield self._prepare_impact(
                picking, picking.name, self.env._("is scheduled for %(day)s", day=day),
                part="warehouse")

    def _get_open_productions(self):
        productions = self.env["mrp.production"]
        return productions.search(
            productions._get_of_change_domain(self.order_id) & productions._get_open_domain())

    def _get_open_deliveries(self):
        return self.order_id.order_line.move_ids.filtered(
            lambda move: move.state not in GONE and move.location_dest_usage == "customer")

    def _get_part_department(self, part, company=None):
        """The department that plays a part; empty: the row is everybody's."""
        role = self.env.ref(ROLES[part], raise_if_not_found=False)
        return role._get_department(company or self.company_id) if role else self.env["hr.department"]

    # Done

    def _apply(self):
        self.ensure_one()
        self.order_id._lock()
        network = self._get_network()
        network.get_productions().lock_for_update()
        self._reckon(network)
        falls = [(supply.record, supply.fall) for supply in network.supplies.values()
                 if supply.fall > 0 and not supply.stays and supply.record._name == "mrp.production"]
        result = super()._apply()
        self._lower_productions(falls)
        self._move_deadlines()
        self._drop_empty(network.supplies.values(), self.order_id)
        return result

    def _drop_empty(self, supplies, order):
        """Requests for quotation that buy nothing any more are taken off; so are those that one part of the change has
        asked for, and another has taken back.
        """
        lines = self.env["purchase.order.line"]
        lines = lines.search([
            ("order_id.reference_ids.sale_ids", "=", order.id), ("product_id", "!=", False),
            ("product_qty", "=", 0)]).concat(*(
            supply.record for supply in supplies
            if supply.fall > 0 and supply.record._name == "purchase.order.line")).exists()
        empty = lines.filtered(lambda line: line.state in ("draft", "sent") and line.product_uom_id.is_zero(
            line.product_qty))
        orders = empty.order_id
        empty.unlink()
        orders.filtered(lambda order: not order.order_line).button_cancel()

    def _lower_productions(self, falls):
        """Those above first: what is made for an order falls after it."""
        for production, fall in falls:
            with self._naming(production):
                production._lower_by(fall)
                self.env.flush_all()

    @contextmanager
    def _naming(self, record):
        """What fails is named with its document; everything is taken back."""
        try:
            yield
        except UserError as error:
            raise UserError(self.env._(
                "%(document)s cannot follow the change, so nothing was changed: %(reason)s",
                document=record.display_name, reason=error)) from error

    def _move_deadlines(self):
        """Odoo moves the deadlines of moves; those of manufacturing orders and the days of deliveries follow."""
        order = self.order_id
        if not self.date_after or not (self.date_before and self.date_after != self.date_before):
            return
        shift = self.date_after - self.date_before
        for production in self._get_open_productions().filtered("date_deadline"):
            production.date_deadline += shift
        if order.commitment_date:
            for picking in self._get_open_deliveries().picking_id:
                picking.scheduled_date = order.commitment_date
