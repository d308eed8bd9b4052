from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.document_control.tools.entered_values import shown


class MaterialMeasure(models.Model):
    """Measures that move goods: from a sister warehouse or company, from a later order, another product (MAT-7, 13)."""

    _inherit = "material.measure"

    # From a sister warehouse or company

    @api.model
    def _get_sister_stock(self, product, company, warehouse=None):
        """Where the product is free, of the whole group: what is asked before buying (MAT-7).

        :param warehouse: the one that misses it
        :return: list of pairs (stock.warehouse, quantity in the product's unit), own company first, most first
        """
        self.env.flush_all()
        # sudo: how much the sister companies have free is shown to whoever chases, nothing else of theirs
        pegging = self.env["material.pegging"].sudo()
        rows = self.env.execute_query(SQL(
            """
            SELECT l.warehouse_id, SUM(COALESCE(q.quantity, 0) - COALESCE(q.reserved_quantity, 0))
              FROM stock_quant q JOIN stock_location l ON l.id = q.location_id
              JOIN stock_warehouse w ON w.id = l.warehouse_id AND w.active
             WHERE q.product_id = %(product)s AND q.owner_id IS NULL AND l.usage = 'internal' AND w.id <> %(own)s
               AND (%(owner)s = 0 OR w.company_id = %(owner)s) AND %(usable)s
          GROUP BY l.warehouse_id
            """, product=product.id, own=warehouse.id if warehouse else 0, owner=product.sudo().company_id.id or 0,
            usable=pegging._get_usable_quant_sql()))  # sudo: as above
        warehouses = pegging.env["stock.warehouse"].browse(id_ for id_, _quantity in rows)
        found = [(place, quantity) for place, (_id, quantity) in zip(warehouses, rows, strict=True)
                 if product.uom_id.compare(quantity, 0) > 0]
        return sorted(found, key=lambda pair: (pair[0].company_id != company, -pair[1]))

    def _get_target_warehouse(self):
        shortage = self.shortage_id.sudo()  # sudo: where the order stands
        order = shortage.production_id or shortage.picking_id
        return order.picking_type_id.warehouse_id or self.env["stock.warehouse"].sudo().search(  # sudo: as above
            [("company_id", "=", shortage.company_id.id)], limit=1)

    def _check_transfer(self):
        source, target = self.warehouse_id.sudo(), self._get_target_warehouse()  # sudo: a sister's, to be checked
        if not source or source == target:
            raise UserError(self.env._(
                "%(line)s: choose another warehouse that has it.", line=self.shortage_id.display_name))
        free = dict(self._get_sister_stock(self.product_id, self.company_id, target)).get(source, 0.0)
        if self.product_id.uom_id.compare(self.quantity, free) > 0:
            raise UserError(self.env._(
                "%(warehouse)s has %(free)s %(unit)s of %(product)s free, not %(quantity)s.",
                warehouse=source.display_name, free=f"{free:g}", unit=self.product_id.uom_id.name,
                product=self.product_id.display_name, quantity=shown(self.quantity)))

    def _get_deciders_transfer(self):
        """A sister company's goods are given by its planner; the own company's warehouses help each other."""
        giver = self.warehouse_id.sudo().company_id  # sudo: whose it is
        if giver == self.company_id:
            return None
        return [giver.shortage_planner_id, giver.shortage_buyer_id, giver.sla_general_manager_id]

    def _carry_out_transfer(self):
        source, target = self.warehouse_id, self._get_target_warehouse()
        if source.company_id == self.company_id:
            pickings = self._move_goods(source.int_type_id, source.lot_stock_id, target.lot_stock_id)
        else:
            transit = self._get_transit_location()
            sent = self._move_goods(
                source.out_type_id, source.lot_stock_id, transit, partner_id=target.company_id.partner_id.id)
            pickings = sent | self._move_goods(
                target.in_type_id, transit, target.lot_stock_id, partner_id=source.company_id.partner_id.id,
                move_orig_ids=[Command.set(sent.move_ids.ids)], procure_method="make_to_order")
        self.picking_ids = pickings
        return self.env._(
            "%(quantity)s %(unit)s from %(warehouse)s: %(transfers)s.", quantity=f"{self.quantity:g}",
            unit=self.product_id.uom_id.name, warehouse=source.display_name,
            transfers=", ".join(pickings.mapped("name")))

    def action_view_transfers(self):
        """Open the transfers: of a sister company's who gives sees those that leave, who needs it those that come."""
        self.ensure_one()
        return self.picking_ids._get_records_action(name=self.env._("Transfers"))

    def _get_transit_location(self):
        location = self.env.ref("stock.stock_location_inter_company")
        location.active = True  # Odoo archives it until two companies trade
        return location

    def _move_goods(self, kind, source, target, **vals):
        """A confirmed transfer of the quantity, reserved as far as it can be.

        It carries what Odoo's own replenishment gives its moves: whom it is for, by when, how urgent.
        """
        company, shortage = kind.company_id, self.shortage_id
        order = shortage.production_id or shortage.picking_id
        picking = self.env["stock.picking"].with_company(company).create({
            "picking_type_id": kind.id, "location_id": source.id, "location_dest_id": target.id,
            "company_id": company.id, "partner_id": vals.get("partner_id"), "origin": shortage.name,
            "user_id": False,  # whoever agreed is not the store's man: "To Do" there hides what is another's
            "move_ids": [Command.create({
                "product_id": self.product_id.id, "product_uom_qty": self.quantity, "location_id": source.id,
                "product_uom": self.product_id.uom_id.id, "location_dest_id": target.id, "company_id": company.id,
                "picking_type_id": kind.id, "warehouse_id": kind.warehouse_id.id, "origin": shortage.name,
                "date_deadline": shortage.needed_by, "priority": order.priority or "0",
                "reference_ids": [Command.set(order.reference_ids.ids)], **vals})]})
        picking.action_confirm()
        picking.action_assign()
        return picking

    # From a later order

    def _check_swap(self):
        self.env["material.swap"]._check_givable(self.shortage_id.production_id, self.giver_id, self.product_id,
                                                 self.quantity)

    def _get_deciders_swap(self):
        company = self.company_id.sudo()  # sudo: a setting
        if company.shortage_swap_policy == "free":
            return None
        return [self.giver_id.sudo().user_id, company.shortage_planner_id,  # sudo: who answers for it
                company.sla_general_manager_id]

    def _carry_out_swap(self):
        self.swap_id = self.env["material.swap"]._swap(
            self.shortage_id.production_id, self.giver_id, self.product_id, self.quantity, self)
        return self.env._(
            "%(quantity)s %(unit)s taken from %(order)s, to be paid back: %(swap)s.", quantity=f"{self.quantity:g}",
            unit=self.product_id.uom_id.name, order=self.giver_id.name, swap=self.swap_id.name)

    # Another product

    def _check_substitute(self):
        product, other = self.product_id, self.substitute_id
        if not other or other == product:
            raise UserError(self.env._("%(line)s: choose another product.", line=self.shortage_id.display_name))
        if other.type != "consu" or not other.active or (
                other.company_id and other.company_id != self.company_id):
            raise UserError(self.env._(
                "%(substitute)s cannot be a component here: choose goods in use, of this company or of all.",
                substitute=other.display_name))
        if not other.uom_id._has_common_reference(product.uom_id):
            raise UserError(self.env._(
                "%(substitute)s is counted in %(unit)s, %(product)s in %(other)s.", substitute=other.display_name,
                unit=other.uom_id.name, product=product.display_name, other=product.uom_id.name))
        most = sum(self._get_open_components().mapped("product_qty"))
        if product.uom_id.compare(self.quantity, most) > 0:
            raise UserError(self.env._(
                "%(order)s still needs %(most)s %(unit)s of %(product)s, not %(quantity)s.",
                order=self.shortage_id.production_id.display_name, most=f"{most:g}", unit=product.uom_id.name,
                product=product.display_name, quantity=shown(self.quantity)))

    def _get_deciders_substitute(self):
        company = self.company_id.sudo()  # sudo: a setting
        managers = company.shortage_engineering_department_id._get_managers(company)
        return [user for _department, user in managers]

    def _carry_out_substitute(self):
        production, left, moves = self.shortage_id.production_id, self.quantity, self._get_open_components()
        operation = moves.operation_id[:1]  # it is consumed where the other one was
        for move in moves:
            taken = min(left, move.product_qty)
            if self.product_id.uom_id.compare(taken, 0) <= 0:
                break
            left -= taken
            if self.product_id.uom_id.compare(taken, move.product_qty) == 0:
                move._action_cancel()
                continue
            rest = self.product_id.uom_id._compute_quantity(move.product_qty - taken, move.product_uom)
            move._do_unreserve()
            move.with_context(no_procurement=True).product_uom_qty = rest
            move._action_assign()
        quantity = self.product_id.uom_id._compute_quantity(self.quantity, self.substitute_id.uom_id)
        new = self.env["stock.move"].create(production._get_move_raw_values(
            self.substitute_id, quantity, self.substitute_id.uom_id, operation.id))
        new._action_confirm()._action_assign()  # it may have joined what was substituted before
        self.env["material.pegging"]._request_refresh(self.substitute_id)
        return self.env._(
            "%(quantity)s %(unit)s of %(substitute)s instead, in %(order)s.", quantity=f"{quantity:g}",
            unit=self.substitute_id.uom_id.name, substitute=self.substitute_id.display_name, order=production.name)

    def _get_open_components(self):
        """Components of the order by which the product is still to be consumed, the last of them first."""
        return self.shortage_id.sudo().production_id.move_raw_ids.filtered(  # sudo: what the order needs
            lambda move: move.product_id == self.product_id and move.state not in ("done", "cancel")
            and not move.picked).sorted("id", reverse=True)
