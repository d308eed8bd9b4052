from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.document_control.tools.entered_values import check_quantity

COMPONENT = {"production_id", "made_product_id", "component_id", "component_quantity", "replacement_id", "changes_bom"}


class OrderChangeLine(models.Model):
    """A component of what is made for the order: another quantity, another part, or none (CHG-8)."""

    _inherit = "order.change.line"

    kind = fields.Selection(selection_add=[("component", "Component"), ("document",)],
                            ondelete={"component": "cascade"})
    production_id = fields.Many2one(
        "mrp.production", string="Manufacturing order", ondelete="restrict", index="btree_not_null", check_company=True,
        help="The order whose component changes. Empty: all open orders of the product for this sales order.")
    made_product_id = fields.Many2one(
        "product.product", string="Made product", compute="_compute_made_product_id", store=True, readonly=False,
        precompute=True, ondelete="restrict", index="btree_not_null", help="The product that contains the component.")
    component_id = fields.Many2one(
        "product.product", ondelete="restrict", index="btree_not_null", check_company=True)
    component_before = fields.Float(
        string="Present quantity per unit", digits=(16, 6), aggregator=False, compute="_compute_before", store=True,
        precompute=True)
    component_quantity = fields.Float(
        string="New quantity per unit", digits=(16, 6), aggregator=False,
        help="For one unit of what is made, in the unit of the component, or of what replaces it. Zero: left out.")
    replacement_id = fields.Many2one(
        "product.product", string="Replaced by", ondelete="restrict", index="btree_not_null", check_company=True)
    changes_bom = fields.Boolean(
        string="For later orders, too", help="The bill of material is changed as well, for all orders to come.")

    @api.depends("kind")
    def _compute_level(self):
        result = super()._compute_level()
        self.filtered(lambda line: line.kind == "component").level = "structural"
        return result

    @api.depends("production_id")
    def _compute_made_product_id(self):
        for line in self:
            line.made_product_id = line.production_id.sudo().product_id or line.made_product_id

    @api.depends("production_id", "made_product_id", "component_id")
    def _compute_before(self):
        return super()._compute_before()

    @api.depends("component_id", "component_before", "component_quantity", "replacement_id")
    def _compute_words(self):
        return super()._compute_words()

    def _prepare_before(self):
        values = super()._prepare_before()
        if self.kind == "component":
            values |= {"line_name": self.sudo().made_product_id.display_name,  # its name only
                       "component_before": self._get_component_before()}
        return values

    def _describe_change(self, shows_prices):
        if self.kind != "component":
            return super()._describe_change(shows_prices)
        line, number = self.sudo(), self.change_id._format_number  # names of parts
        part = line.replacement_id or line.component_id
        return (f"{line.component_id.display_name or '-'} × {number(line.component_before)}",
                f"{part.display_name or '-'} × {number(line.component_quantity)}" if line.component_quantity
                else self.env._("left out"))

    @api.model
    def _get_creatable_fields(self):
        return super()._get_creatable_fields() | COMPONENT

    def _check_same_order(self):
        result = super()._check_same_order()
        for line in self.sudo().filtered("production_id"):  # whose order it is
            if line.change_id.order_id not in line.production_id._get_sale_orders():
                raise UserError(self.env._(
                    "%(record)s does not belong to order %(order)s.", record=line.production_id.display_name,
                    order=line.change_id.order_name))
        return result

    def write(self, vals):
        result = super().write(vals)
        if "production_id" in vals:
            self._check_same_order()
        return result

    def _get_differences(self):
        """Pairs of a line and by how much its order line falls or grows, in the product's unit."""
        for line in self.filtered("order_line_id"):
            row = line.order_line_id
            if line.kind == "quantity" and not self._get_replaced(row):
                more = line.quantity_after - row.product_uom_qty
            elif line.kind == "product" and not row.product_updatable:
                more = -row.product_uom_qty
            else:
                continue
            yield line, row.product_uom_id._compute_quantity(more, row.product_id.uom_id, round=False)

    def _get_replaced(self, row):
        """The line by which the product of an order line is replaced."""
        return self.filtered(lambda line: line.kind == "product" and line.order_line_id == row
                             and not row.product_updatable)

    # Components

    def _get_component_productions(self):
        """Manufacturing orders of which the lines tell, those that are done included."""
        productions = self.env["mrp.production"].sudo()  # the order's own, whoever asks
        domain = Domain.OR(
            Domain("id", "=", line.production_id.id) if line.production_id else (
                productions._get_of_change_domain(line.order_id) & Domain("product_id", "=", line.made_product_id.id))
            for line in self.sudo() if line.kind == "component")
        return productions.search(domain & Domain("state", "!=", "cancel"))

    def _get_component_moves(self):
        """What the manufacturing orders take of the components that change."""
        lines = self.sudo().filtered(lambda line: line.kind == "component")
        if not lines:
            return self.env["stock.move"].sudo()
        return lines._get_component_productions().move_raw_ids.filtered(
            lambda move: move.product_id in lines.component_id and move.state != "cancel")

    def _get_component_before(self):
        """Per unit, in the first order that is still open; in the bill of material where there is none."""
        for production in self._get_component_productions().filtered(lambda order: order.state != "done"):
            moves = production.move_raw_ids.filtered(
                lambda move: move.product_id == self.component_id and move.state != "cancel")
            return round(sum(moves.mapped("product_qty")) / production.product_uom_qty, 6)
        made = self.sudo().made_product_id.uom_id  # a bill may be written in another unit
        return round(sum(line.product_uom_id._compute_quantity(
            line.product_qty, line.product_id.uom_id, round=False) / line.bom_id.product_uom_id._compute_quantity(
            line.bom_id.product_qty, made, round=False) for line in self._get_bom_lines()), 6)

    def _get_bom(self):
        product = self.sudo().made_product_id  # its bill, whoever asks
        return self.env["mrp.bom"].sudo()._bom_find(product, company_id=self.company_id.id)[product]

    def _get_bom_lines(self):
        return self._get_bom().bom_line_ids.filtered(lambda line: line.product_id == self.component_id)

    def _check_component(self):
        title = self._get_title()
        if not self.made_product_id or not self.component_id:
            raise UserError(self.env._(
                "%(line)s: choose the manufacturing order or the product that is made, and its component.", line=title))
        check_quantity(self.env, title, self.component_quantity)
        if self.component_quantity < 0:
            raise UserError(self.env._("%(line)s: a quantity cannot be negative.", line=title))
        part = self.replacement_id or self.component_id
        if part == self.made_product_id or self._is_made_of(part, self.made_product_id):
            raise UserError(self.env._(
                "%(line)s: %(part)s is itself made of %(product)s.", line=title, part=part.display_name,
                product=self.made_product_id.display_name))
        if part == self.component_id and round(self.component_quantity - self.component_before, 6) == 0:
            raise UserError(self.env._("%(line)s: that is the quantity already.", line=title))
        if self.replacement_id and not self.component_quantity:
            raise UserError(self.env._("%(line)s: give the quantity of what replaces it.", line=title))
        if not self.changes_bom and not self._get_component_productions():
            raise UserError(self.env._(
                "%(line)s: no manufacturing order of %(product)s belongs to this order.", line=title,
                product=self.made_product_id.display_name))

    def _is_made_of(self, product, part):
        """Whether a product contains a part, on any level."""
        seen = level = product
        while level:
            boms = self.env["mrp.bom"].sudo()._bom_find(level, company_id=self.company_id.id)
            level = self.env["product.product"].sudo().concat(*(
                bom.bom_line_ids.product_id for bom in boms.values())) - seen
            if part in level:
                return True
            seen |= level
        return False

    def _reckon_component(self, network):
        """What the component that falls or grows means for what was procured for it: in the order as it becomes."""
        for move in self._get_component_moves():
            production = move.raw_material_production_id
            if production.state == "done" or move.state == "done":
                continue
            order, each = network.get_production(production), move.product_qty / production.product_uom_qty
            if move.procure_method == "make_to_order":
                network.raise_(move, -order.growth * each)  # what the larger order takes is reckoned here
            wanted = self.component_quantity * (production.product_uom_qty + order.growth - order.fall)
            now = move.product_qty - network.falls[move]
            if self.replacement_id:
                network.further[self.replacement_id] += wanted
                wanted = 0.0
            if wanted < now:
                network.falls[move] += now - wanted
                network.lower(move, now - wanted)
            elif wanted > now:
                network.raise_(move, wanted - now)

    def _get_impact_of_components(self):
        for line in self.filtered(lambda line: line.kind == "component"):
            for production in line._get_component_productions():
                reason = line._get_component_obstacle(production)
                yield line.change_id._prepare_impact(
                    production, f"{production.name}, {production.product_id.display_name}", self.env._(
                        "%(before)s → %(after)s for each", before=line.before, after=line.after),
                    obstacle=reason, is_blocking=bool(line.production_id) or production.state != "done",
                    part="production")
            if line.changes_bom and (bom := line._get_bom()):
                yield line.change_id._prepare_impact(
                    bom, bom.display_name, self.env._(
                        "%(before)s → %(after)s, for all orders to come", before=line.before, after=line.after))

    def _get_component_obstacle(self, production):
        """Why the component of an order cannot be changed any more; False where it can."""
        if production.state == "done":
            return self.env._("it is done")
        moves = production.move_raw_ids.filtered(
            lambda move: move.product_id == self.component_id and move.state != "cancel")
        if moves.filtered(lambda move: move.state == "done" or move.picked):
            return self.env._("%(component)s is consumed", component=self.component_id.display_name)
        taken = moves.move_orig_ids.filtered(
            lambda move: move.state == "done" and move.picking_id and not move.purchase_line_id)
        if taken:
            return self.env._(
                "%(component)s was taken out: %(pickings)s", component=self.component_id.display_name,
                pickings=", ".join(taken.picking_id.mapped("name")))
        return False

    # Application

    def _apply_component(self, order):
        if order.env.context.get("order_change_trial"):
            return  # the sales order is as it was
        for production in self._get_component_productions().filtered(lambda order: order.state != "done"):
            production._change_component(
                self.component_id, self.component_quantity, self.replacement_id)
            production.message_post(body=self._get_component_note())
        if self.changes_bom and (bom := self._get_bom()):
            self._apply_to_bom(bom)
            bom.message_post(body=self._get_component_note())

    def _get_component_note(self):
        return self.env._("%(change)s: %(before)s → %(after)s for each.", change=self.change_id.name,
                          before=self.before, after=self.after)

    def _apply_to_bom(self, bom):
        lines = self._get_bom_lines()
        part = (self.replacement_id or self.component_id).sudo()
        if not self.component_quantity:
            lines.unlink()
            return
        values = {"product_id": part.id, "product_uom_id": part.uom_id.id,
                  "product_qty": self.component_quantity * bom.product_uom_id._compute_quantity(
                      bom.product_qty, self.made_product_id.sudo().uom_id, round=False)}
        if lines:
            lines[1:].unlink()
            lines[:1].write(values)
        else:
            bom.bom_line_ids = [fields.Command.create(values)]
