from odoo import fields, models
from odoo.exceptions import UserError


class QualityInspection(models.Model):
    """The end of an inspection without a verdict, and how it is made up for (REC-6, PUR-10)."""
    _inherit = "quality.inspection"

    def action_cancel(self):
        """Cancel inspections that have no verdict: their goods are no longer held; the head of quality only.

        Without a verdict nothing is qualified: the goods can be used, but count as not qualified until they are
        inspected again.

        :raise UserError: concluded, or part of the quantity is decided already
        """
        for inspection in self:
            inspection._check_transition("cancel")
            if inspection.state != "draft" and inspection.product_uom_id.compare(
                    inspection.quantity_open, inspection.quantity) < 0:
                raise UserError(self.env._(
                    "Part of inspection %(name)s is decided already; it can be concluded, not cancelled.",
                    name=inspection.name))
            unjudged = inspection.quantity_open
            inspection._cancel(self.env._(
                "Cancelled by %(user)s without a verdict: the goods are no longer held, and not qualified.",
                user=self.env.user.name))
            inspection._write_signed({"quantity_unjudged": unjudged})
        return True

    def action_inspect_again(self):
        """Ask for the inspection of goods whose inspection was cancelled; held again where they still stand (REC-6).

        :return: action that opens the new inspection
        :raise UserError: not cancelled, or inspected again already
        """
        self.ensure_one()
        self._check_inspector()
        self._lock()
        self._check_state("cancelled")
        if self.product_uom_id.compare(self.quantity_unjudged, 0.0) <= 0:
            raise UserError(self.env._(
                "Inspection %(name)s: nothing of it is without a verdict.", name=self.name))
        source = self.sudo()  # sudo: links and quantities are not typed
        again = source._create_batch([source._prepare_again_vals()])
        source.write({"quantity_unjudged": 0.0})
        source.message_post(body=self.env._("Inspected again as %(name)s.", name=again.name))
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": again.id, "view_mode": "form"}

    def _prepare_again_vals(self):
        """Values of the inspection that makes up for a cancelled one: of the same goods, as its split part would be."""
        return {
            **self._prepare_split_vals(self.quantity_unjudged, self.lot_ids),
            "split_from_id": self.split_from_id.id,
            "location_id": self.location_id.id if self._is_still_there() else False,
            "submitted_at": fields.Datetime.now(),
            "submitted_by": self.env.uid,
        }

    def _is_still_there(self):
        """Whether the goods stand where they were held, all of them, so that they can be held again."""
        domain = [("product_id", "=", self.product_id.id), ("location_id", "child_of", self.location_id.id),
                  ("company_id", "=", self.company_id.id)]
        if lots := self.lot_id | self.lot_ids:
            domain.append(("lot_id", "in", lots.ids))
        there = sum(self.env["stock.quant"].search(domain).mapped("quantity")) if self.location_id else 0.0
        return self.product_uom_id.compare(there, self.quantity_unjudged) >= 0

    def _cancel(self, reason):
        """Cancel without asking; the goods, if any are left, are no longer held."""
        for inspection in self.sudo():  # sudo: the caller has checked the rule
            inspection._write_transition(
                "cancel", quantity_open=0.0, quantity_held=0.0, held_lot_ids=[fields.Command.clear()])
            inspection.message_post(body=reason)
        self.sudo()._reassign_released_goods()  # sudo: as above

    def _reassign_released_goods(self):
        """Goods that are no longer held may be reserved again by what comes after their receipt."""
        moves = self.move_id.move_dest_ids.filtered(
            lambda move: move.state in ("confirmed", "waiting", "partially_available"))
        moves._action_assign()
