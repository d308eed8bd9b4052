from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.tools.entered_values import is_number

from .sampling_words import plain

REINSPECTED = ("sort", "rework", "repair")


class QualityInspection(models.Model):
    """Parts of the lot: from the dispositions, from splitting and merging."""
    _inherit = "quality.inspection"

    def _update_quantities(self):
        """Write the parts of the lot from its dispositions and urgent releases (REC-6, REC-7).

        Called after every change of a disposition. What is neither decided and moved nor urgently released is open,
        and held as long as it stands in a hold location.
        """
        # sudo: quantities follow from documents that the user need not read
        inspections = self.sudo()
        done = {inspection.id: {} for inspection in inspections}
        for inspection, kind, quantity in self.env["quality.disposition"].sudo()._read_group(  # sudo: as above
                [("inspection_id", "in", self.ids), ("state", "!=", "cancelled")],
                ["inspection_id", "kind"], ["quantity_done:sum"]):
            done[inspection.id][kind] = quantity
        rejected = dict(self.env["quality.nonconformity"].sudo()._read_group(  # sudo: as above
            [("inspection_id", "in", self.ids), ("state", "!=", "cancelled")], ["inspection_id"], ["quantity:sum"]))
        for inspection in inspections:
            inspection._write_quantities(done[inspection.id], rejected.get(inspection, 0.0))

    def _write_quantities(self, done, rejected):
        """Write the parts of one lot.

        :param done: ``{kind: quantity that its tranches have moved}``
        """
        out = {release: release._get_outstanding() for release in self.urgent_release_ids}
        used = sum(quantity for release, quantity in out.items() if release.state == "recalled")
        urgent = sum(out.values()) - used
        gone = sum(quantity for kind, quantity in done.items() if kind != "urgent") + urgent + used
        left = max(self.product_uom_id.round(self.quantity - gone), 0.0) if self.state != "cancelled" else 0.0
        held = left if self.location_id and self.state not in ("draft", "cancelled") else 0.0
        self.write({
            "quantity_accepted": done.get("accept", 0.0),
            "quantity_conceded": done.get("concession", 0.0),
            "quantity_returned": done.get("return", 0.0),
            "quantity_scrapped": done.get("scrap", 0.0),
            "quantity_reinspect": sum(done.get(kind, 0.0) for kind in REINSPECTED),
            "quantity_rejected": rejected + (urgent + used if self.state == "done" else 0.0),  # bad goods out
            "quantity_urgent": urgent,
            "quantity_used": used,
            "quantity_open": left,
            "quantity_held": held,
            "held_lot_ids": [fields.Command.set(self._get_held_lots(held).ids)],
        })
        if self._is_conceded():
            self.write({"verdict": "concession"})

    def _is_conceded(self):
        """A rejected lot of which a part is used by concession, and nothing is left to decide."""
        return (self.verdict == "reject" and self.quantity_conceded > 0 and not self.quantity_accepted
                and self.product_uom_id.is_zero(self.quantity_open))

    def _get_held_lots(self, held):
        """Lots that are still held when ``held`` units are."""
        if not held:
            return self.lot_ids.browse()
        if self.product_id.tracking != "serial":
            return self.lot_id | self.lot_ids
        # sudo: see _update_quantities
        tranches = self.env["quality.disposition"].sudo().search(
            [("inspection_id", "=", self.id), ("quantity_done", ">", 0), ("kind", "!=", "urgent")])
        return (self.lot_id | self.lot_ids) - tranches._get_gone_lots() - self._get_urgent_lots()

    def _get_urgent_lots(self):
        """Serial numbers that were urgently released and are neither recalled nor accepted."""
        lots = self.lot_ids.browse()
        if self.product_id.tracking != "serial":
            return lots
        return lots.union(*[release._get_outstanding_lots() for release in self.urgent_release_ids])

    def _get_release_location(self):
        """Where accepted goods go: to where their receipt would have gone without inspection."""
        self.ensure_one()
        # sudo: inspectors have no rights in stock
        root = self.sudo()._get_root()
        if root.move_id.quality_release_location_id:
            return root.move_id.quality_release_location_id
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        candidates = root.move_id.location_final_id | root.move_id.location_dest_id
        for location in candidates:
            if location.usage == "internal" and location.id not in hold_ids:
                return location
        warehouse = root.location_id.warehouse_id or self.env["stock.warehouse"].sudo().search(  # sudo: as above
            [("company_id", "=", root.company_id.id)], limit=1)
        return warehouse.lot_stock_id

    # ---- split and merge

    def action_split(self, quantity, lot_ids=None):
        """Split a part off a waiting inspection, which is then inspected on its own.

        :param quantity: part to split off, in the product's unit
        :param lot_ids: ids of its serial numbers, as many as the quantity says
        :return: action that opens the new inspection
        :raise UserError: not waiting, a quantity that leaves nothing, or serial numbers that do not match
        """
        self.ensure_one()
        self._check_inspector()
        self._lock()
        self._check_state("pending")
        self._check_untouched()
        compare = self.product_uom_id.compare
        if not is_number(quantity) or compare(quantity, 0.0) <= 0 or compare(quantity, self.quantity) >= 0:
            raise UserError(self.env._(
                "Inspection %(name)s: split off more than zero and less than %(quantity)s %(uom)s.", name=self.name,
                quantity=plain(self.quantity), uom=self.product_uom_id.name))
        lots = self._check_split_lots(quantity, lot_ids)
        inspection = self.sudo()  # sudo: the quantity of a submitted inspection is not typed
        inspection.write({"quantity": self.quantity - quantity, "lot_ids": [
            fields.Command.unlink(lot.id) for lot in lots]})
        part = inspection._create_batch([inspection._prepare_split_vals(quantity, lots)])
        inspection._update_quantities()
        inspection.message_post(body=self.env._(
            "%(quantity)s %(uom)s split off as %(part)s.", quantity=plain(quantity), uom=self.product_uom_id.name,
            part=part.name))
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": part.id, "view_mode": "form"}

    def _check_split_lots(self, quantity, lot_ids):
        lots = self.lot_ids.browse(lot_ids or [])
        if not self.lot_ids:
            if lots:
                raise UserError(self.env._("Inspection %(name)s has no serial numbers.", name=self.name))
            return lots
        if lots - self.lot_ids or len(lots) != quantity:
            raise UserError(self.env._(
                "Inspection %(name)s: choose the serial numbers to split off, as many as the quantity.",
                name=self.name))
        return lots

    def _prepare_split_vals(self, quantity, lots):
        """Values of the part that is split off."""
        return self._prepare_inspection_vals(
            self.plan_id, self.product_id, quantity, trigger=self.trigger, move_id=self.move_id.id,
            picking_id=self.picking_id.id, partner_id=self.partner_id.id, location_id=self.location_id.id,
            company_id=self.company_id.id, lot_id=self.lot_id.id, supplier_batch=self.supplier_batch,
            lot_ids=[fields.Command.set(lots.ids)], parent_id=self.parent_id.id, split_from_id=self.id,
            submitted_at=self.submitted_at, submitted_by=self.submitted_by.id, inspector_id=self.inspector_id.id,
            note=self.note, missing_documents=self.missing_documents,
            missing_documents_note=self.missing_documents_note,
            **{name: self[name] for name in self._get_finding_fields()})

    def action_merge(self):
        """Make one inspection of several waiting ones of the same goods; the first one stays, the others are cancelled.

        :raise UserError: fewer than two, one is started, or they differ in product, supplier, receipt, lot, plan or
            inspection area
        """
        self._check_inspector()
        if len(self) < 2:
            raise UserError(self.env._("Choose at least two inspections to merge."))
        self._lock()
        self._check_state("pending")
        self._check_untouched()
        for name in self._get_merge_fields():
            if len({inspection[name] for inspection in self}) > 1:
                raise UserError(self.env._(
                    "These inspections cannot be merged: they differ in %(field)s.",
                    field=self._fields[name]._description_string(self.env)))
        inspections = self.sudo().sorted("id")  # sudo: the quantity of a submitted inspection is not typed
        kept, others = inspections[0], inspections[1:]
        quantity, lots = sum(inspections.mapped("quantity")), inspections.lot_ids
        kept.write({"quantity": quantity, "lot_ids": [fields.Command.set(lots.ids)],
                    "submitted_at": min(inspections.mapped("submitted_at"))})
        kept._update_quantities()
        others._cancel(self.env._("Merged into %(name)s.", name=kept.name))  # afterwards, so that they stay held
        kept._adopt(others)
        kept.message_post(body=self.env._("Merged with %(names)s.", names=", ".join(others.mapped("name"))))
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": kept.id, "view_mode": "form"}

    def _get_merge_fields(self):
        """Fields in which inspections that are merged must agree."""
        return ["company_id", "product_id", "partner_id", "picking_id", "move_id", "location_id", "lot_id", "plan_id",
                "trigger", "parent_id", "missing_documents"]

    def _check_untouched(self):
        """:raise UserError: a part of the goods is decided already, so that the lot cannot be cut anew"""
        for inspection in self:
            if inspection.urgent_release_ids.filtered(lambda release: release.state in ("draft", "approved")):
                raise UserError(self.env._(
                    "A part of inspection %(name)s is urgently released, or its release is asked for; it can be "
                    "neither split nor merged.", name=inspection.name))
