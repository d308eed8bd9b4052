from odoo import api, fields, models
from odoo.exceptions import AccessError


class StockLot(models.Model):
    """The passport of a serial number (产品履历): as built, as tested, what was conceded (REC-8, REC-9)."""

    _inherit = "stock.lot"

    @api.readonly
    def get_passport(self):
        """All that is known of how this serial number was made, through all levels of components.

        Quantities are in the product's unit, times in UTC. The number of queries grows with the levels of the
        structure only, not with its width. ``inspections``, ``nonconformities``, ``concessions``,
        ``urgent_releases`` and ``documents`` name the lot they belong to; those of this lot come first.

        :return: dict, see the README of quality_production
        :raise AccessError: the user may not see the serial number, or works neither in store, production nor quality
        """
        self.ensure_one()
        self._check_passport_reader()
        # sudo: the passport is the whole record of the product; whoever may see the serial number sees it
        lot = self.sudo()
        composition = lot._get_composition()
        lots = lot | lot.browse(sorted({
            used for rows in composition.values() for _product, used, _order, _quantity in rows if used} - {lot.id}))
        facts = lots._get_passport_facts(lot)
        orders = lot.env["mrp.production"].browse(
            {order for rows in composition.values() for _product, _used, order, _quantity in rows})
        tree = lot._get_passport_tree(composition, facts, orders, {lot.id})
        return {
            **lot._get_passport_head(),
            **lot._get_passport_production(composition),
            "components": tree,
            "lot_count": len(lots) - 1,
            **{name: [row for one in lots for row in facts[one.id][name]]
               for name in ("inspections", "nonconformities", "concessions", "urgent_releases", "documents")},
            "deliveries": lot._get_passport_deliveries(),
        }

    def _check_passport_reader(self):
        """Whoever works in the store, in production or in quality and sees the lot reads its passport."""
        self.check_access("read")
        if not any(self.env.user.has_group(group) for group in self._get_passport_groups()):
            raise AccessError(self.env._(
                "The passport of %(lot)s is for people of the store, production and quality.", lot=self.name))

    @api.model
    def _get_passport_groups(self):
        """Groups that read passports; other addons may add theirs."""
        return ["stock.group_stock_user", "mrp.group_mrp_user", "quality_inspection.group_quality_user"]

    def _get_passport_head(self):
        labels = self._get_selection_labels("quality_state")
        return {
            "id": self.id, "name": self.name, "product": self.product_id.display_name,
            "product_id": self.product_id.id, "ref": self.ref or "", "url": self.passport_url,
            "quality_state": self.quality_state, "quality_label": labels.get(self.quality_state, ""),
            "company": (self.company_id or self.env.company).name}

    def _get_passport_production(self, composition):
        """The order that made the lot, and its process card."""
        order = self.env["mrp.production"].search(
            [("lot_producing_ids", "in", self.ids), ("state", "!=", "cancel")], order="id desc", limit=1)
        card = order.process_card_id.sudo()  # the passport shows the card to whoever sees the lot
        return {
            "production": {
                "id": order.id, "name": order.name, "origin": order.origin or "", "quantity": order.product_qty,
                "date": fields.Datetime.to_string(order.date_finished) or False,
            } if order else False,
            "card": card._get_passport_data() if card else False,
            "defects": [record._get_passport_data() for record in self.env["quality.defect.record"].search(
                [("production_id", "=", order.id), ("lot_id", "in", (False, self.id)),
                 ("state", "!=", "cancelled")], order="id")] if order else [],
        }

    def _get_passport_tree(self, composition, facts, orders, path):
        """Components of one made lot, each with its own components.

        :param set path: lots above, so that a circle in the data ends
        """
        nodes = []
        for product_id, used_id, order_id, quantity in composition.get(self.id, ()):
            product, used = self.env["product.product"].browse(product_id), self.browse(used_id or [])
            order = orders.browse(order_id)
            nodes.append({
                "product_id": product_id, "product": product.display_name, "uom": product.uom_id.name,
                "lot_id": used_id or False, "lot": used.name or "", "quantity": quantity,
                "shared": len(order.lot_producing_ids) > 1, "order": order.name,
                **(facts[used_id]["node"] if used_id else {"flags": [], "supplier": "", "supplier_batch": "",
                                                           "received_on": False, "documents": [], "inspections": []}),
                "children": (used._get_passport_tree(composition, facts, orders, path | {used_id})
                             if used_id and used_id not in path else []),
            })
        return nodes

    def _get_passport_deliveries(self):
        """Deliveries of this very lot to customers."""
        lines = self.env["stock.move.line"].search(
            [("lot_id", "=", self.id), ("state", "=", "done"), ("location_dest_id.usage", "=", "customer")],
            order="date")
        return [{"id": line.picking_id.id, "name": line.reference or "",
                 "partner": line.picking_id.partner_id.name or "", "date": fields.Datetime.to_string(line.date)}
                for line in lines]
