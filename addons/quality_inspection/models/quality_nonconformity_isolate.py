from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .sampling_words import plain


class QualityNonconformity(models.Model):
    _inherit = "quality.nonconformity"

    @api.model
    def _create_from_inspection(self, inspection, quantity, lots=None, defects=None):
        """The nonconformity of what an inspection rejected, already open; its goods stay held (REC-6, NCR-1).

        :param inspection: the concluded ``quality.inspection``
        :param quantity: rejected quantity in the product's unit
        :param lots: lots or serials rejected, default those of the inspection
        :param defects: list of dicts ``defect_class``, ``defect_code_id``, ``quantity``, ``note``
        """
        # sudo: an inspector's verdict writes the report; his right to conclude was checked there
        record = self.sudo().create(self._prepare_inspection_nonconformity_vals(inspection, quantity, lots, defects))
        record._open()
        return record

    @api.model
    def _prepare_inspection_nonconformity_vals(self, inspection, quantity, lots=None, defects=None):
        lots = inspection.lot_ids | inspection.lot_id if lots is None else lots
        return {
            "company_id": inspection.company_id.id,
            "source": self.env["quality.inspection.trigger"]._get_nonconformity_source(inspection.trigger),
            "severity": self._get_worst_class(defects or []),
            "product_id": inspection.product_id.id,
            "quantity": quantity,
            "lot_ids": [Command.set(lots.ids)],
            "inspection_id": inspection.id,
            "picking_id": inspection.picking_id.id,
            # whoever returned the goods is not their supplier
            "partner_id": inspection.partner_id.id if inspection.trigger != "customer_return" else False,
            "location_id": inspection.location_id.id,
            "is_stocked": bool(inspection.location_id),
            "description": inspection.note or False,
            "inspector_id": inspection.inspector_id.id,
            "defect_line_ids": [Command.create(self._prepare_defect_vals(defect)) for defect in defects or []],
        }

    @api.model
    def _prepare_defect_vals(self, defect):
        names = self.env["quality.nonconformity.defect"]._fields
        return {name: value for name, value in defect.items() if name in names} | {
            "note": defect.get("note") or defect.get("description") or defect.get("name")}

    @api.model
    def _get_worst_class(self, defects):
        classes = {defect.get("defect_class") for defect in defects}
        return next((name for name in ("critical", "major", "minor") if name in classes), "major")

    def action_isolate(self):
        """Take the goods out of free stock into the hold location, also from under a reservation (NCR-1, REC-7).

        Until they are decided nobody can reserve, pick, consume or ship them.

        :raise UserError: no location or lot given, not so many there, or already isolated
        """
        self._check_quality()
        for record in self:
            record._check_state("open", "review")
            record._check_isolable()
            # sudo: who isolates bad goods need not have rights in stock; the group was checked
            record.sudo()._isolate()
        return True

    def _check_isolable(self):
        obstacle = self._get_isolation_obstacle()
        if obstacle:
            raise UserError(obstacle)

    def _get_isolation_obstacle(self):
        """Why these goods cannot be taken out of free stock, in words; None if they can."""
        if self.inspection_id or self.quantity_isolated:
            return self.env._("The goods of %(document)s are already held.", document=self.name)
        if not self.is_stocked or not self.product_id.is_storable:
            return self.env._(
                "%(document)s concerns goods out of stock: there is nothing to isolate.", document=self.name)
        if self.location_id.usage != "internal":
            return self.env._("%(document)s: say in which location the goods are.", document=self.name)
        if self.tracking != "none" and not self.lot_ids:
            return self.env._(
                "%(document)s: %(product)s is tracked; say which lots or serial numbers are concerned.",
                document=self.name, product=self.product_id.display_name)
        return None

    def _isolate(self):
        self._lock()
        hold = self._get_isolation_location()
        picking = self.env["stock.picking"]._create_into_hold(self._get_free_goods(), hold, self.name)
        # Held from now on: the gate of the hold location then knows why.
        self.write({
            "origin_location_id": self.location_id.id, "location_id": hold.id, "quantity_isolated": self.quantity,
            "picking_id": self.picking_id.id or picking.id})
        picking.move_ids.picked = True
        picking._action_done()
        self._update_held()
        self.message_post(body=self.env._(
            "Isolated: %(quantity)s %(unit)s from %(origin)s to %(hold)s.", quantity=plain(self.quantity),
            unit=self.product_uom_id.name, origin=self.origin_location_id.display_name, hold=hold.display_name))

    def _get_isolation_location(self):
        """Hold location of the warehouse in which the goods were found."""
        warehouse = self.location_id.warehouse_id or self.env["stock.warehouse"].search(
            [("company_id", "=", self.company_id.id)], limit=1)
        return warehouse._get_inspection_area()

    def _get_free_goods(self):
        """The quants that are taken: ``{location: [(quant, quantity)]}``, reserved ones last.

        :raise UserError: another document answers for these goods, or not so many are there
        """
        self._check_not_released_urgently()
        domain = [("product_id", "=", self.product_id.id), ("location_id", "child_of", self.location_id.id),
                  ("quantity", ">", 0), ("company_id", "=", self.company_id.id)]
        if self.lot_ids:
            domain.append(("lot_id", "in", self.lot_ids.ids))
        found = self.env["stock.quant"].search(domain)
        held = found._filter_held()
        quants = (found - held).sorted(lambda quant: (quant.quantity - quant.reserved_quantity <= 0, quant.id))
        goods, missing = {}, self.quantity
        for quant in quants:
            taken = min(missing, quant.quantity)
            if self.product_uom_id.compare(taken, 0) > 0:
                goods.setdefault(quant.location_id, []).append((quant, taken))
                missing -= taken
        if self.product_uom_id.compare(missing, 0) > 0:
            self._check_not_held_already(held)
            raise UserError(self.env._(
                "%(document)s: only %(found)s of %(quantity)s %(unit)s of %(product)s are in %(location)s. Correct the "
                "quantity or the location.", document=self.name, found=plain(self.quantity - missing),
                quantity=plain(self.quantity),
                unit=self.product_uom_id.name, product=self.product_id.display_name,
                location=self.location_id.display_name))
        return goods

    def _check_not_held_already(self, quants):
        """:raise UserError: these goods, which would make up the quantity, are held: they have their document"""
        if quants:
            documents = self.env["quality.hold.mixin"]._get_hold_documents(
                self.product_id, quants.lot_id, self.company_id)
            raise UserError(self.env._(
                "%(document)s: %(product)s in %(location)s is held already by %(holders)s. Enter what was found there: "
                "its verdict or decision settles these goods.", document=self.name,
                product=self.product_id.display_name, location=quants[:1].location_id.display_name,
                holders=", ".join(holder.display_name for holder in documents)))

    def _check_not_released_urgently(self):
        """:raise UserError: goods of these lots are out before their verdict: their inspection answers for them"""
        if releases := self._get_releases_out():
            raise UserError(self.env._(
                "%(document)s: %(lots)s left %(inspections)s by urgent release, before the verdict. Have the release "
                "recalled: the goods are held again, with their inspection.", document=self.name,
                lots=", ".join((releases.lot_ids & self.lot_ids).mapped("name")),
                inspections=", ".join(releases.inspection_id.mapped("name"))))

    def _get_releases_out(self):
        """Urgent releases by which goods of these lots are out, neither accepted nor recalled."""
        if not self.lot_ids:
            return self.env["quality.urgent.release"]
        # sudo: who isolates need not see the releases
        return self.env["quality.urgent.release"].sudo().search([
            ("state", "=", "approved"), ("lot_ids", "in", self.lot_ids.ids), ("company_id", "=", self.company_id.id),
        ]).filtered(lambda release: release._get_outstanding_lots() & self.lot_ids)

    def _is_goods_held(self):
        """Whether the goods stand in a hold location, so that a disposition can move them."""
        self.ensure_one()
        return bool(self.inspection_id.location_id or self.quantity_isolated)

    def _update_held(self):
        """What is still held because of this report; goods of an inspection are held by the inspection."""
        for record in self:
            gone = record.disposition_ids.filtered(lambda row: row.state != "cancelled")
            held = max(0.0, record.quantity_isolated - sum(gone.mapped("quantity_done")))
            left = record.lot_ids - gone._get_gone_lots() if record.tracking == "serial" else record.lot_ids
            held = 0.0 if record.product_uom_id.is_zero(held) else held
            record.write({"quantity_held": held, "held_lot_ids": [Command.set(left.ids if held else [])]})
