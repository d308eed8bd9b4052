from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.order_delivery.models.delivery_notice import DESK, LOGISTICS

#: Terms by which the goods are at the customer's risk as soon as they have left.
PASSED = frozenset(("EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP"))
#: Goods that did not reach the customer.
GONE = ("missing", "lost")


class DeliveryClaim(models.Model):
    """Goods that never reached the customer: they were not delivered, and others are sent (DLV-6, DLV-7, PAY-1).

    Whose loss it is follows from the terms of the order. At our risk they count as delivered no more from the moment at
    which they are claimed: payments by delivery wait, and what is invoiced by delivery is not. At the customer's risk
    they stay delivered.
    """

    _inherit = "delivery.claim"

    move_ids = fields.One2many("stock.move", "delivery_claim_id", string="Goods Moved", readonly=True)
    has_lost_goods = fields.Boolean(compute="_compute_has_lost_goods", export_string_translation=False)
    resupply_count = fields.Integer(compute="_compute_has_lost_goods")

    def _compute_has_lost_goods(self):
        for claim in self.sudo():  # sudo: whether there are any is shown to whoever reads the claim
            claim.has_lost_goods = bool(claim._get_lost_lines()) and claim._is_at_our_risk()
            claim.resupply_count = len(claim._get_resupply().picking_id)

    def action_resupply(self):
        """Send the customer what was lost, once; nothing is to come back for it.

        :raise AccessError: neither order desk nor logistics
        :raise UserError: not filed, nothing lost, or lost at the customer's risk
        :return: action that opens the transfers
        """
        self.ensure_one()
        self._check_groups(*self._get_resupplying())
        self.check_access("read")
        self._lock()
        self._check_state("filed", "answered", "settled", "closed")
        claim = self.sudo()  # sudo: moves of the store, made by this button only
        if not claim._get_resupply():
            claim._check_resupply()
            claim._book_loss()
            self.env["stock.rule"].sudo().run([  # sudo: as above
                claim._prepare_resupply(line) for line in claim._get_lost_lines()])
            self._log(self.env._("What was lost is sent anew by %(transfers)s.", transfers=", ".join(
                claim._get_resupply().picking_id.mapped("name"))))
        return self.action_view_resupply()

    def action_view_resupply(self):
        """Open the transfers by which others are sent."""
        self.ensure_one()
        pickings = self.sudo()._get_resupply().picking_id.sudo(False)  # sudo: opened by whoever may
        return pickings._get_records_action(name=self.env._("Transfers")) if pickings.has_access("read") else True

    def _get_resupplying(self):
        return DESK, LOGISTICS

    def _check_resupply(self):
        if self.kind == "not_arrived" or not self._get_lost_lines():
            raise UserError(self.env._("%(claim)s: nothing of it is missing or lost.", claim=self.name))
        if not self._is_at_our_risk():
            raise UserError(self.env._(
                "%(claim)s: by the terms of %(order)s the goods were at the customer's risk. What he needs in their "
                "place is a new order.", claim=self.name, order=self.order_id.name))

    def _get_lost_lines(self):
        return self.line_ids.filtered(lambda line: line.condition in GONE and line.quantity)

    def _get_resupply(self):
        """Moves by which others are sent; as superuser."""
        return self.move_ids.filtered(
            lambda move: move.state != "cancel" and not move.origin_returned_move_id
            and any(place._is_outgoing() for place in move.location_final_id or move.location_dest_id))

    def _is_at_our_risk(self):
        """Whose loss it is: ours until the goods have arrived, unless the terms say otherwise, or he fetches them."""
        self.ensure_one()
        return self.notice_id.carriage != "customer" and self.order_id.incoterm.code not in PASSED

    def _prepare_resupply(self, line):
        move, _lots = line._find_lost()
        sold = line.notice_line_id.sale_line_id or move.sale_line_id
        values = sold._prepare_procurement_values() if sold else {
            "reference_ids": move.reference_ids, "warehouse_id": move.warehouse_id, "company_id": self.company_id,
            "partner_id": self.notice_id.partner_id.id}
        place = move.location_dest_id or self.env.ref("stock.stock_location_customers")
        return self.env["stock.rule"].Procurement(
            line.product_id, line.quantity, line.uom_id, place, line.product_id.display_name, self.name,
            self.company_id, {**values, "date_planned": fields.Datetime.now(), "date_deadline": False,
                              "delivery_claim_id": self.id})

    def _book_loss(self):
        """What is lost at our risk was not delivered: it goes from the customer to what is lost, in the books."""
        lost = self.env.ref("delivery_claim.stock_location_lost")
        for claim in self.sudo():  # sudo: the store has nothing to do with it
            if claim.move_ids or not claim._get_lost_lines():
                continue
            if not claim._is_at_our_risk():
                claim._log(claim.env._("Lost at the customer's risk, by the terms of the order: it counts as "
                                       "delivered."))
                continue
            found = [(line, *line._find_lost()) for line in claim._get_lost_lines()]
            rows = [(line, move, lot) for line, move, lot in found if lot or line.product_id.tracking == "none"]
            if unknown := {line.product_id.display_name for line, _move, _lot in found} - {
                    line.product_id.display_name for line, _move, _lot in rows}:
                claim._log(claim.env._("Nobody knows which of %(goods)s are lost: the claim names no lot or serial "
                                       "number. They count as delivered.", goods=", ".join(sorted(unknown))))
            pickings = claim.env["stock.picking"].union(*(move.picking_id for _line, move, _lots in rows))
            for picking in pickings:
                claim._move_lost(picking, lost, [row for row in rows if row[1].picking_id == picking])
            if pickings:
                claim._log(claim.env._("Lost at our risk: it does not count as delivered."))

    def _move_lost(self, picking, lost, rows):
        """:param rows: tuples of a line of the claim, the move by which its goods left, and their lot"""
        kind = picking.picking_type_id.return_picking_type_id or picking.picking_type_id
        loss = self.env["stock.picking"].create({
            "picking_type_id": kind.id, "company_id": self.company_id.id, "partner_id": picking.partner_id.id,
            "origin": self.name, "return_id": picking.id, "location_id": picking.location_dest_id.id,
            "location_dest_id": lost.id})
        for line, left, lot in rows:
            move = self.env["stock.move"].create(line._prepare_loss(left, lost) | {"picking_id": loss.id})
            move._action_confirm(merge=False)
            # which of those that are with the customer in the books is for the claim to know, not for a reservation
            gone = left.move_line_ids.filtered(lambda row, lot=lot: row.lot_id == lot or not lot)[:1]
            move.move_line_ids = [Command.clear(), Command.create({
                "product_id": move.product_id.id, "product_uom_id": move.product_uom.id, "lot_id": lot.id,
                "package_id": gone.result_package_id.id, "owner_id": gone.owner_id.id,
                "quantity": line.quantity, "location_id": move.location_id.id, "location_dest_id": lost.id,
                "picking_id": loss.id})]
            move.picked = True
        loss._action_done()

    def _give_back_loss(self):
        """The claim was none: what had counted as lost was delivered.

        :raise UserError: others are on their way
        """
        for claim in self.sudo():  # sudo: as they were booked
            if there := claim._get_resupply():
                raise UserError(self.env._(
                    "%(claim)s: what was lost is sent anew by %(transfers)s. Cancel that first.", claim=claim.name,
                    transfers=", ".join(there.picking_id.mapped("name"))))
            lost = claim.move_ids.filtered(lambda move: move.state == "done")
            lost.to_refund = False  # neither way counts: it was delivered on the day on which it left
            for loss in lost.picking_id:
                wizard = self.env["stock.return.picking"].sudo().create({"picking_id": loss.id})  # sudo: as above
                for row in wizard.product_return_moves:
                    row.write({"quantity": row.move_id.quantity, "to_refund": False})
                found = wizard._create_return()
                found.move_ids.picked = True
                found._action_done()

    def _write_transition(self, operation, **vals):
        if operation == "cancel":
            self._give_back_loss()
        result = super()._write_transition(operation, **vals)
        if operation == "file":
            self._book_loss()
        return result

    def _get_living_fields(self):
        return super()._get_living_fields() | {"move_ids"}
