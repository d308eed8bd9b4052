from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.document_control.models.document_control_mixin import Transition

from .quality_disposition import TASK_KINDS, VERDICT_KINDS

MOVED = ("accept", "concession", "urgent", "return", "scrap")


class QualityDisposition(models.Model):
    """Carried out and given up: it is decided with its report, and done when its goods have moved."""

    _inherit = "quality.disposition"
    _transitions = {
        "give_up": Transition(
            ("decided", "in_progress"), "cancelled", ("quality_inspection.group_quality_manager",)),
    }

    @api.model
    def _create_from_verdict(self, inspection, quantity, kind="accept", lots=None, without_move=False):
        """The tranche that an inspection's own verdict, or an authorised urgent release, accepts; applied at once.

        :param inspection: ``quality.inspection`` whose goods stand in the hold location
        :param quantity: in the product's unit
        :param kind: ``accept`` or ``urgent``
        :param lots: lots or serials of the tranche; default the inspection's lot
        :param without_move: the goods had left already by urgent release
        :raise UserError: not so many are held
        """
        lots = inspection.lot_id if lots is None else lots
        # sudo: the inspector needs no rights in stock; his right to conclude was checked by the inspection
        row = self.sudo().create({
            "inspection_id": inspection.id, "kind": kind, "quantity": quantity, "lot_ids": [Command.set(lots.ids)],
            "without_move": without_move, "state": "decided", "decided_by": self.env.uid,
            "decided_on": fields.Datetime.now()})
        row._apply()
        return row

    def action_cancel(self):
        """Give up what of a decided tranche is not carried out yet; it is decided anew (NCR-4).

        :raise AccessError: not the head of quality
        :raise UserError: all of it is carried out, or its goods are on their way
        """
        self._check_transition("give_up")
        for row in self.sudo():  # sudo: who decides need not have rights in stock
            row._give_up()
        return True

    def action_retry(self):
        """Make again what somebody cancelled: the transfer and its gate pass, or what the supplier owes.

        :raise UserError: nothing is missing
        """
        self._check_head()
        for row in self.sudo():  # sudo: as in action_cancel
            row._check_state("decided", "in_progress")
            if not row._is_effect_missing():
                raise UserError(self.env._(
                    "%(row)s: nothing is missing that could be made again.", row=row.display_name))
            row._apply()
        return True

    def action_set_expected_return(self, date, reason=None):
        """The supplier gave another date for the repaired goods or the replacement; the clock follows.

        :param date: new date, in the company's calendar
        :param reason: what the supplier said
        :raise UserError: nothing is expected back
        """
        for row in self:
            self._check_groups("quality_inspection.group_quality_user")
            row.check_access("read")
            row._check_state("decided", "in_progress", "done")
            if row.kind not in ("repair", "return"):
                raise UserError(self.env._("%(row)s: nothing is expected back.", row=row.display_name))
            row._write_signed({"expected_return": date})
            moved = row.sudo()  # sudo: the gate pass that waits for it
            moved.gate_pass_ids.filtered(lambda gate: gate.state != "closed").write({"expected_return": date})
            moved.message_post(body=self.env._(
                "Expected back on %(date)s. %(reason)s", date=fields.Date.to_string(fields.Date.to_date(date)),
                reason=reason or ""))
        return True

    def _apply(self):
        """Carry out decided tranches: one step each, its stock is moved when it returns (NCR-4)."""
        for row in self:
            row._lock_documents()
            getattr(row, f"_apply_{row.kind}")()
            row._return_from_outside()
            row._after_change()

    def _apply_accept(self):
        if self.without_move or not self.inspection_id.location_id:
            self.quantity_done = self.quantity
        else:
            self._release(self.quantity)

    def _apply_urgent(self):
        self._release(self.quantity)

    def _apply_concession(self):
        if self.limit_note:
            self.nonconformity_id.message_post(body=self.limit_note)
        if not self.nonconformity_id._is_goods_held():
            self.quantity_done = self.quantity
            return
        self._release(self._get_open_quantity())

    def _apply_sort(self):
        self._start_task()

    def _apply_rework(self):
        self._start_task()

    def _apply_return(self):
        self.state = "in_progress"
        if not self._is_transfer_missing():
            return  # made again is what the supplier owes, not what has left
        self._check_goods_held()
        picking = self._create_return()
        if not self._is_outside(picking.move_ids):
            self._create_gate_pass(picking, reason="return", must_return=False)

    def _is_outside(self, moves):
        """Whether goods are taken from the supplier's place, where they were sent for repair: no gate is passed."""
        return moves.location_id == self.company_id._get_quality_repair_location()

    def _return_from_outside(self):
        """Goods that the supplier keeps after a repair: their return is done in the books at once."""
        pickings = self._get_pending_moves().picking_id if self.kind == "return" else self.env["stock.picking"]
        for picking in pickings.filtered(lambda picking: self._is_outside(picking.move_ids)):
            picking.move_ids.picked = True
            picking._action_done()

    def _apply_repair(self):
        self._check_goods_held()
        place = self.company_id._get_quality_repair_location()
        warehouse = self._get_hold_location().warehouse_id
        goods = self._get_goods(self._get_open_quantity(), self._get_hold_location())  # not what is outside already
        picking = self._create_transfer(
            place, warehouse.out_type_id, self._get_open_quantity(), done=False, goods=goods)
        self.state = "in_progress"
        self._create_gate_pass(picking, reason="repair", must_return=True)

    def _apply_scrap(self):
        self._check_goods_held()
        self._create_scrap()

    def _after_change(self):
        """Bring state and quantities of the tranche, its inspection and its report up to date."""
        finished = self.browse()
        for row in self:
            if row.kind in MOVED and not row.without_move and row.move_ids and row.state in ("decided", "in_progress"):
                row.quantity_done = row._get_moved_quantity()
            if row.state in ("decided", "in_progress") and row._is_carried_out():
                row.state = "in_progress" if row._is_settlement_open() else "done"
                finished |= row
        self.nonconformity_id._update_held()
        self.inspection_id._update_quantities()
        for row in finished:
            row._settle()
            if row.state == "in_progress" and not row._is_settlement_open():
                row.state = "done"
            row._on_done()

    def _is_carried_out(self):
        """Whether all of its goods are where the decision sends them."""
        self.ensure_one()
        return self.product_uom_id.compare(self.quantity_done, self.quantity - self.quantity_cut) >= 0

    def _is_transfer_missing(self):
        """Whether goods are still to be moved and no transfer is there to move them."""
        self.ensure_one()
        return not self._get_pending_moves() and self.product_uom_id.compare(self._get_open_quantity(), 0) > 0

    def _is_effect_missing(self):
        """Whether something that carries out the tranche was cancelled and must be made again."""
        return self.kind not in TASK_KINDS and self._is_transfer_missing()

    def _is_settlement_open(self):
        """Whether the supplier still owes a credit or a replacement: the tranche is not done; see ``_settle``."""
        return False

    def _settle(self):
        """Money of a tranche that was carried out; addons with purchases book credit, reduction and charged hours here.

        A tranche whose settlement is open is carried out anew by ``_after_change`` when that ends: called again then.
        """
        self.ensure_one()

    def _on_done(self):
        """A tranche was carried out: its limits begin to hold, and demands it can no longer serve are freed.

        Called once more when a settlement that was open has ended.
        """
        self.ensure_one()
        if self.kind == "concession" and self.lot_ids:
            self.env.registry.clear_cache()
        if self.kind == "scrap" or (self.kind == "return" and self.settlement != "replacement"):
            self._free_chained_demands()

    def _give_up(self):
        """Cut what is not carried out; without anything carried out the tranche is cancelled."""
        self.ensure_one()
        self._lock_documents()
        if self._is_carried_out():
            self._give_up_settlement()
            return
        if self.kind == "repair" and self._get_expected_quantity():
            raise UserError(self.env._(
                "%(row)s: the goods are at the supplier. Take them in at the gate first.", row=self.display_name))
        pending = self._get_pending_moves()
        pending._action_cancel()
        self.gate_pass_ids.filtered(lambda gate: gate.state in ("draft", "approved"))._cancel()
        if self.kind in TASK_KINDS:
            self._done_task_activity()
        if self.product_uom_id.is_zero(self.quantity_done):
            self._write_transition("give_up")
        else:
            self.quantity_cut = self.quantity - self.quantity_done
        self._after_change()
        self.nonconformity_id._reopen_undecided()

    def _give_up_settlement(self):
        """The goods are gone; what can still be given up is what the supplier owes for them."""
        raise UserError(self.env._("%(row)s: nothing is left to give up.", row=self.display_name))

    def _get_open_quantity(self):
        """What is still to be carried out, in the product's unit."""
        return max(0.0, self.quantity - self.quantity_cut - self.quantity_done)

    def _check_decidable(self):
        """What a tranche needs before it is signed, so that no effect fails half-way."""
        self._check_complete()
        if self.kind in ("return", "repair", "scrap"):
            self._check_goods_held()

    def _check_complete(self):
        """What a tranche says; asked before the review, as the departments sign it and it cannot be changed then."""
        self.ensure_one()
        if self.kind in VERDICT_KINDS:
            raise UserError(self.env._("Goods are accepted by an inspection's own verdict only."))
        if self.kind in ("return", "repair") and not self.partner_id:
            raise UserError(self.env._(
                "%(row)s: name the supplier to whom the goods go.", row=self.display_name))
        if self.kind == "return" and not self.settlement:
            raise UserError(self.env._(
                "%(row)s: choose whether the supplier gives a credit or a replacement.", row=self.display_name))
        if (self.kind == "repair" or self.settlement == "replacement") and not self.expected_return:
            raise UserError(self.env._("%(row)s: say when the goods are expected back.", row=self.display_name))
        if self.kind in TASK_KINDS and not (self.responsible_id or self.nonconformity_id.leader_id).active:
            raise UserError(self.env._("%(row)s: name who does it.", row=self.display_name))
        if self.tracking == "serial" and self.nonconformity_id.lot_ids and not self.lot_ids:
            raise UserError(self.env._("%(row)s: choose its serial numbers.", row=self.display_name))
        if self._is_limited() and not self.lot_ids:
            raise UserError(self.env._(
                "%(row)s: a limited concession names the lots or serial numbers that it limits.",
                row=self.display_name))

    def _check_goods_held(self):
        if not self.nonconformity_id._is_goods_held():
            raise UserError(self.env._(
                "%(row)s moves stock, but the goods of %(document)s are not held. Isolate them first.",
                row=self.display_name, document=self.nonconformity_id.name))

    def _check_head(self):
        self._check_groups("quality_inspection.group_quality_manager")
        self.check_access("read")

    def _lock(self, wait=True):
        self.nonconformity_id._lock(wait)  # first, as everybody at its goods does
        return super()._lock(wait)

    def _lock_documents(self):
        """Of two people at the same goods the second waits for the first."""
        self.nonconformity_id._lock()
