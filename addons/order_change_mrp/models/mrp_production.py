from functools import partial

from odoo import api, fields, models
from odoo.fields import Command, Domain

from ..tools.network import GONE


class MrpProduction(models.Model):
    """A manufacturing order follows the change of its sales order where nothing was done for it."""

    _inherit = "mrp.production"

    comes_from_sale = fields.Boolean(compute="_compute_comes_from_sale", export_string_translation=False)

    @api.depends("sale_line_id", "reference_ids.sale_ids")
    def _compute_comes_from_sale(self):
        for production in self:
            production.comes_from_sale = bool(production._get_sale_orders())

    def action_report_design_error(self):
        """Report a design error of what the order makes; its sales order and product are filled in (CHG-6)."""
        self.ensure_one()
        self.check_access("read")
        order = self._get_sale_orders()[:1]
        action = self.env["ir.actions.act_window"]._for_xml_id("order_change.order_change_report_action")
        line = self.sudo().sale_line_id.product_id  # a number and a product, of whoever's order it is
        sold = order._get_review_lines().product_id
        product = line if line in sold else sold.filtered(lambda product: product == self.product_id)
        return {**action, "context": {
            "default_order_name": order.name or "", "default_product_id": product.id,
            "default_reason": "" if product == self.product_id else self.env._(
                "%(part)s (%(production)s):", part=self.product_id.display_name, production=self.name)}}

    def action_start(self):
        result = super().action_start()
        self._warn_superseded()
        return result

    def write(self, vals):
        """Whoever enters what he produces works by the drawings: once, when he begins."""
        begins = self.filtered(lambda production: not production.qty_producing) if vals.get("qty_producing") else (
            self.browse())
        result = super().write(vals)
        begins._warn_superseded()
        return result

    def _warn_superseded(self):
        """Drawings that a change has put out of force warn whoever issues material or starts by them (CHG-8)."""
        for production in self:
            self.env["document.release"]._warn_of_superseded_of(production._get_sale_orders(), production)

    def _get_sale_orders(self):
        """Sales orders for which it is made, whatever the level; as superuser: the workshop reads none."""
        production = self.sudo()  # sudo: whose order it is
        return production.sale_line_id.order_id | production.reference_ids.sale_ids

    def _get_reason_to_stay(self):
        """Why the order does not follow its demand any more; "" where nothing was done for it."""
        if self.state == "done":
            return self.env._("it is done")
        if self.move_finished_ids.filtered(lambda move: move.state == "done"):
            return self.env._("a part of it is done")
        if self.move_raw_ids.filtered(lambda move: move.state == "done" or move.picked):
            return self.env._("components are consumed")
        taken = self.move_raw_ids.move_orig_ids.filtered(
            lambda move: move.state == "done" and not move.production_id and not move.purchase_line_id
            and move.picking_id)
        if taken:
            return self.env._("components were taken out: %(pickings)s", pickings=", ".join(
                taken.picking_id.mapped("name")))
        if self.qty_producing or self.state in ("progress", "to_close") or any(
                workorder.state in ("progress", "done") for workorder in self.workorder_ids):
            return self.env._("it was started")
        return ""

    def _takes_more(self):
        """Whether Odoo's rules add to the order what its sales order needs more: as ``_make_mo_get_domain`` asks."""
        return (self.state in ("draft", "confirmed") and not self.is_planned and not self.user_id
                and not self.bom_id.enable_batch_size)

    def _lower_by(self, quantity):
        """Less is needed by a quantity of the product's unit: its order falls, or is cancelled, with what was procured
        for its components.
        """
        self.ensure_one()
        production = self.with_context(skip_activity=True)
        left = self.product_uom_qty - quantity
        if self.product_id.uom_id.compare(left, 0) <= 0:
            production.move_raw_ids.filtered(lambda move: move.state not in GONE)._unprocure()
            production.action_cancel()
            return
        self.env["change.production.qty"].with_context(skip_activity=True).create({
            "mo_id": self.id, "product_qty": self.product_id.uom_id._compute_quantity(left, self.product_uom_id),
        }).change_prod_qty()

    def _change_component(self, component, each, replacement):
        """Take another quantity of a component for each unit, or another part instead; not consumed yet."""
        self.ensure_one()
        moves = self.move_raw_ids.filtered(lambda move: move.product_id == component and move.state not in GONE)
        part = replacement or component
        wanted = part.uom_id.round(each * self.product_uom_qty, rounding_method="UP")
        if moves and part == component and wanted:
            self._drop_moves(moves[1:])
            moves[:1].product_uom_qty = part.uom_id._compute_quantity(wanted, moves[:1].product_uom, round=False)
            return
        if wanted:
            values = self._get_move_raw_values(part, wanted, part.uom_id, moves[:1].operation_id.id)
            self.move_raw_ids = [Command.create(values)]
        self._drop_moves(moves)

    def _get_consumption_issues(self):
        """Of components that a change has touched, the order expects what the change says, not the bill (CHG-8)."""
        issues = super()._get_consumption_issues()
        if self.env.context.get("skip_consumption"):
            return issues
        for production in self.filtered(lambda order: order.consumption != "flexible"):
            changed = production._get_changed_components()
            issues = [issue for issue in issues if issue[0] != production or issue[1] not in changed]
            for part in changed:
                taken = wanted = 0.0
                for move in production.move_raw_ids.filtered(lambda move, part=part: move.product_id == part):
                    in_part = partial(move.product_uom._compute_quantity, to_unit=part.uom_id)
                    taken += in_part(move._get_picked_quantity() if move.picked else 0.0)
                    wanted += in_part(move.should_consume_qty if move.state != "cancel" else 0.0)
                if part.uom_id.compare(taken, wanted):
                    issues.append((production, part, taken, wanted))
        return issues

    def _get_changed_components(self):
        """Components of which an applied change says how much the order takes, or what takes their place."""
        own = Domain("production_id", "=", self.id) | Domain([
            ("production_id", "=", False), ("made_product_id", "=", self.product_id.id),
            ("change_id.order_id", "in", self._get_sale_orders().ids)])
        # sudo: whoever finishes the order need not read the changes of the contract
        lines = self.env["order.change.line"].sudo().search(
            own & Domain("kind", "=", "component") & Domain("change_id.state", "=", "applied"))
        return (lines.component_id | lines.replacement_id).sudo(False)

    def _drop_moves(self, moves):
        moves._unprocure()
        moves._action_cancel()

    def _describe_change_of_supply(self, supply):
        """What happens to the order, for the impact of a change."""
        unit, number = self.product_id.uom_id, self.env["order.change"]._format_number
        before = self.product_uom_qty
        after = before - supply.fall + supply.growth
        values = {"name": f"{self.name}, {self.product_id.display_name}"}
        figures = {"before": number(before), "after": number(after), "unit": unit.name}
        if supply.stays:
            return {
                **values, "obstacle": supply.stays, "is_blocking": False,
                "what": self.env._(
                    "stays at %(before)s %(unit)s: %(surplus)s become surplus", surplus=number(supply.fall), **figures),
                "surplus_cost": supply.fall * self.product_id.with_company(self.company_id).standard_price}
        if unit.is_zero(after):
            return {**values, "what": self.env._("is cancelled (%(before)s %(unit)s)", **figures)}
        if supply.fall > supply.growth:
            return {**values, "what": self.env._("falls from %(before)s to %(after)s %(unit)s", **figures)}
        return {**values, "what": self.env._("grows from %(before)s to %(after)s %(unit)s", **figures)}

    def _is_left(self):
        """Whether a cancelled sales order leaves something to settle."""
        return self.state != "cancel"

    def _get_settler(self):
        return self.user_id.filtered(lambda user: user.active and not user.share)

    @api.model
    def _get_open_domain(self):
        return Domain("state", "not in", GONE)

    @api.model
    def _get_of_change_domain(self, order):
        """Manufacturing orders of a sales order, of all levels."""
        return Domain("sale_line_id.order_id", "=", order.id) | Domain("reference_ids.sale_ids", "=", order.id)
