from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.document_control.models.document_fence_mixin import Vouched


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        # sudo: the storekeeper who validates a return has no rights on dispositions
        self.sudo().filtered(lambda move: move.quality_disposition_id and move.picked)._check_gate_pass()
        plans = self._turn_to_inspection()
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        moves._create_inspections(plans)
        under = moves.filtered("quality_disposition_id")
        if under:
            # sudo: the storekeeper who validates a return has no rights on dispositions
            under.sudo().quality_disposition_id._on_moves_done(under.sudo())  # sudo: as above
        return moves

    def _action_cancel(self):
        under = self.filtered(lambda move: move.quality_disposition_id and move.state not in ("done", "cancel"))
        result = super()._action_cancel()
        if under:
            # sudo: the storekeeper who cancels a return has no rights on dispositions
            under.sudo().quality_disposition_id._on_moves_cancelled(under.sudo())  # sudo: as above
        return result

    def _prepare_move_split_vals(self, qty):
        """The rest of a transfer keeps the marks that no user may give: its disposition, its return slip..."""
        vals = super()._prepare_move_split_vals(qty)
        vals.update({name: Vouched(self[name].id) for name in self._get_guarded_fields() if self[name]})
        return vals

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        """Moves of different dispositions are never merged."""
        return [*super()._prepare_merge_moves_distinct_fields(), "quality_disposition_id"]

    def _check_gate_pass(self):
        """Goods leave for return or repair with an approved gate pass only (NCR-5)."""
        for move in self:
            row = move.quality_disposition_id
            if row.kind not in ("return", "repair") or row._is_outside(move):
                continue
            gates = row.gate_pass_ids.filtered(lambda gate, move=move: gate.picking_id == move.picking_id)
            if not gates.filtered(lambda gate: gate.state in ("approved", "out", "returned")):
                raise UserError(self.env._(
                    "%(picking)s cannot be validated: its gate pass %(gate)s is not approved.",
                    picking=move.picking_id.name, gate=", ".join(gates.mapped("name")) or "–"))
