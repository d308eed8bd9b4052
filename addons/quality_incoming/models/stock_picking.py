from odoo import api, fields, models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    _inherit = "stock.picking"

    delivery_note_ref = fields.Char(
        string="Delivery Note", copy=False, tracking=True,
        help="Number of the supplier's delivery note, the only basis of a receipt.")
    delivery_note_line_ids = fields.One2many(
        "quality.delivery.note.line", "picking_id", string="Count Against the Delivery Note")
    delivery_note_differs = fields.Boolean(
        string="Differs from the Delivery Note", compute="_compute_delivery_note_differs",
        search="_search_delivery_note_differs")
    quality_inspection_ids = fields.One2many("quality.inspection", "picking_id", string="Inspections")
    quality_inspection_count = fields.Integer(compute="_compute_quality_inspection_count")
    quality_document_count = fields.Integer(compute="_compute_quality_document_count")
    quality_hold_location_id = fields.Many2one(
        "stock.location", string="Inspection Area", compute="_compute_quality_hold_location_id",
        help="Where the goods that are to be inspected go, whatever the destination of the others.")
    needs_delivery_note = fields.Boolean(compute="_compute_needs_delivery_note", export_string_translation=False)

    @api.depends("delivery_note_line_ids.kind")
    def _compute_delivery_note_differs(self):
        for picking in self:
            picking.delivery_note_differs = any(line.kind != "none" for line in picking.delivery_note_line_ids)

    @api.model
    def _search_delivery_note_differs(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("delivery_note_line_ids.kind", "in", ["mismatch", "damage"])]

    @api.depends("move_ids.purchase_line_id", "move_ids.location_id", "company_id")
    def _compute_needs_delivery_note(self):
        for picking in self:
            picking.needs_delivery_note = picking._is_purchase_receipt()

    @api.depends("move_ids.quality_release_location_id", "move_ids.location_dest_id")
    def _compute_quality_hold_location_id(self):
        for picking in self:
            turned = picking.move_ids.filtered(
                lambda move: move.quality_release_location_id and move.state != "cancel")
            picking.quality_hold_location_id = turned[:1].location_dest_id

    def _compute_quality_inspection_count(self):
        # sudo: the count belongs to the transfer
        counts = dict(self.env["quality.inspection"].sudo()._read_group(
            [("picking_id", "in", self.ids)], ["picking_id"], ["__count"]))
        for picking in self:
            picking.quality_inspection_count = counts.get(picking._origin.sudo(), 0)

    @api.depends("move_line_ids.lot_id")
    def _compute_quality_document_count(self):
        # sudo: the count belongs to the transfer
        counts = dict(self.env["quality.lot.document"].sudo()._read_group(
            [("lot_id", "in", self.move_line_ids.lot_id.ids)], ["lot_id"], ["__count"]))
        for picking in self:
            picking.quality_document_count = sum(
                counts.get(lot.sudo(), 0) for lot in picking.move_line_ids.lot_id)

    def write(self, vals):
        if "delivery_note_ref" in vals:
            for picking in self:
                if picking.state == "done" and picking.delivery_note_ref not in (False, vals["delivery_note_ref"]):
                    raise UserError(self.env._(
                        "Receipt %(picking)s was validated on delivery note %(note)s, which cannot be replaced.",
                        picking=picking.display_name, note=picking.delivery_note_ref))
        return super().write(vals)

    def action_count_delivery_note(self):
        """Count the receipt against the supplier's delivery note, in a window of its own (REC-1).

        Each line proposes the quantity on the note as counted: who counts corrects what differs.

        :return: action that opens the window
        :raises UserError: when the receipt is closed
        """
        self.action_fill_delivery_note()
        action = self.env["ir.actions.act_window"]._for_xml_id("quality_incoming.stock_picking_action_count")
        return {**action, "res_id": self.id}

    def action_fill_delivery_note(self):
        """List the receipt's products for counting against the delivery note (REC-1).

        The quantity on the note starts as the demand, the counted one as the note's; what is listed is kept.

        :return: True
        :raises UserError: when the receipt is closed
        """
        self.ensure_one()
        moves = self.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        missing = moves - self.delivery_note_line_ids.move_id
        self.env["quality.delivery.note.line"].create([
            {"picking_id": self.id, "move_id": move.id} for move in missing])
        return True

    def action_view_quality_inspections(self):
        """Open the inspections of the received goods."""
        self.ensure_one()
        return self.quality_inspection_ids._get_records_action(name=self.env._("Inspections"))

    def action_view_quality_documents(self):
        """Open the certificates and instructions of the received lots and serial numbers, to enter them (REC-9).

        :raises UserError: when the receipt has no lots yet
        """
        self.ensure_one()
        lots = self.move_line_ids.lot_id
        if not lots:
            raise UserError(self.env._(
                "Certificates belong to lots and serial numbers, and %(picking)s has none yet. Enter them first, or "
                "validate the receipt.", picking=self.display_name))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Certificates and Instructions"),
            "res_model": "quality.lot.document",
            "view_mode": "list,form",
            "domain": [("lot_id", "in", lots.ids)],
            "context": {"default_lot_id": lots.id if len(lots) == 1 else False,
                        "default_company_id": self.company_id.id},
        }

    def _pre_action_done_hook(self):
        asked = self.filtered("needs_delivery_note")
        if asked._get_without_delivery_note():
            return asked._get_delivery_note_wizard()
        return super()._pre_action_done_hook()

    def _check_backorder(self):
        """What is short or refused by the count stays open on the order (REC-1): that is answered already."""
        return super()._check_backorder().filtered(lambda picking: not picking._is_rest_counted())

    def _is_rest_counted(self):
        """Whether the count says of every line that is not received in full, and of no other, that it is so."""
        self.ensure_one()
        counted = {line.move_id: line.quantity_received for line in self.delivery_note_line_ids}
        received = {  # what is not picked stays
            move: move._get_picked_quantity() if move.picked else 0
            for move in self.move_ids if move.state not in ("done", "cancel")}
        short = [move for move, quantity in received.items()
                 if move.product_uom.compare(quantity, move.product_uom_qty) < 0]
        return bool(short) and all(
            move in counted and not move.product_uom.compare(received[move], counted[move]) for move in short)

    def _get_delivery_note_wizard(self):
        """Window that asks for the missing numbers, then goes on with the validation."""
        action = self.env["ir.actions.act_window"]._for_xml_id("quality_incoming.quality_delivery_note_wizard_action")
        action["context"] = {**self.env.context, "default_picking_ids": self.ids}
        return action

    def _action_done(self):
        self._check_delivery_note()
        return super()._action_done()

    def _is_purchase_receipt(self):
        self.ensure_one()
        return self.picking_type_code == "incoming" and any(
            move.purchase_line_id and move._is_incoming() for move in self.move_ids)

    def _get_without_delivery_note(self):
        """Purchase receipts whose company demands the note's number and that have none."""
        return self.filtered(lambda picking: not picking.delivery_note_ref and picking._is_purchase_receipt()
                             and picking.company_id.delivery_note_required)

    def _check_delivery_note(self):
        """REC-1: no receipt of an order without its delivery note, and none of what was refused.

        :raises UserError: names the receipt, the product and what to do
        """
        if missing := self._get_without_delivery_note():
            raise UserError(self.env._(
                "Receipt %(pickings)s: enter the number of the supplier's delivery note; it is the only basis of a "
                "receipt.", pickings=", ".join(missing.mapped("display_name"))))
        # only what comes in is counted: nobody looks for it where goods leave
        for line in self.filtered(lambda picking: picking.picking_type_code == "incoming").delivery_note_line_ids:
            if line.uom_id.compare(line.move_id.quantity, line.quantity_received) > 0:
                raise UserError(self.env._(
                    "%(product)s on receipt %(picking)s: %(counted)g were counted and %(refused)g refused, so at most "
                    "%(received)g can be received. Remove the refused lots or serial numbers, or correct the count.",
                    picking=line.picking_id.display_name, counted=line.quantity_counted,
                    refused=line.quantity_refused, received=line.quantity_received,
                    product=line.product_id.display_name))

    def _get_buyer(self):
        """Buyer of the receipt: of its order, else the head of purchasing."""
        self.ensure_one()
        # sudo: the storekeeper need not read purchase orders
        return self.sudo().purchase_id.user_id.sudo(False) or self.company_id._get_purchase_head()

    def _notify_delivery_note(self):
        """Tell the buyer at once what differs from the delivery note or is damaged (REC-1); what was a slip of whoever
        counted is taken back.
        """
        for picking in self:
            found = picking.delivery_note_line_ids.filtered(lambda line: line.kind != "none")
            if not found:
                picking.sudo().activity_unlink(["quality_incoming.mail_activity_delivery_note"])  # sudo: as below
                continue
            note = self.env["ir.qweb"]._render("quality_incoming.delivery_note_findings", {"lines": found})
            summary = self.env._("Delivery note %(note)s differs", note=picking.delivery_note_ref or picking.name)
            # sudo: the storekeeper updates the buyer's to-do
            former = picking.sudo().activity_ids.filtered(
                lambda activity: activity.activity_type_id == self.env.ref(
                    "quality_incoming.mail_activity_delivery_note"))
            if former:
                former[:1].write({"note": note, "summary": summary})
            elif buyer := picking._get_buyer():
                picking.sudo().activity_schedule(
                    "quality_incoming.mail_activity_delivery_note", user_id=buyer.id, note=note, summary=summary)
