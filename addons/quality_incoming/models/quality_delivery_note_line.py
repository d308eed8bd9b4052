from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_compare

COUNTED = {"quantity_note", "quantity_counted", "quantity_damaged", "quantity_refused", "decision", "kind"}


class QualityDeliveryNoteLine(models.Model):
    """What was counted against one line of the supplier's delivery note (REC-1).

    Quantities are in the unit of the receipt's move.
    """

    _name = "quality.delivery.note.line"
    _inherit = ["document.number.mixin", "document.quantity.mixin"]
    _description = "Delivery Note Line"
    _rec_name = "product_id"
    _order = "picking_id, sequence, id"
    _check_company_auto = True
    _quantity_unit = "uom_id"

    picking_id = fields.Many2one(
        "stock.picking", string="Receipt", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="picking_id.company_id", store=True)
    move_id = fields.Many2one(
        "stock.move", string="Receipt Line", required=True, ondelete="cascade", index=True, check_company=True,
        domain="[('picking_id', '=', picking_id), ('state', '!=', 'cancel')]")
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(related="move_id.product_id")
    uom_id = fields.Many2one(related="move_id.product_uom")
    quantity_note = fields.Float(
        string="Quantity on the Note", digits="Product Unit", required=True,
        compute="_compute_quantity_note", store=True, readonly=False, precompute=True)
    quantity_counted = fields.Float(
        string="Counted", digits="Product Unit", required=True,
        compute="_compute_quantity_counted", store=True, readonly=False, precompute=True)
    difference = fields.Float(
        digits="Product Unit", compute="_compute_difference", store=True,
        help="Counted less the quantity on the note.")
    quantity_damaged = fields.Float(string="Damaged", digits="Product Unit")
    kind = fields.Selection(
        [("none", "As on the note"), ("mismatch", "Mismatch"), ("damage", "Damage")],
        string="Finding", compute="_compute_kind", store=True, readonly=False, precompute=True)
    decision = fields.Selection(
        [("accepted", "Accepted"), ("refused", "Refused")], required=True,
        compute="_compute_decision", store=True, readonly=False, precompute=True,
        help="Refused: damaged goods and what is more than on the note go back with the driver; of a line that is "
             "merely short, all that came. The order stays open for what is not received.")
    quantity_refused = fields.Float(
        string="Refused Quantity", digits="Product Unit",
        compute="_compute_quantity_refused", store=True, readonly=False, precompute=True,
        help="What goes back with the driver; not received, so the order stays open for it.")
    quantity_received = fields.Float(
        string="Received Quantity", digits="Product Unit", compute="_compute_quantity_received", store=True,
        help="Counted less refused: what the receipt takes in.")
    note = fields.Char(string="Remark")
    attachment_ids = fields.Many2many("ir.attachment", string="Photos")

    _move_uniq = models.UniqueIndex("(move_id)", "A line of the receipt is counted against the delivery note once.")
    _quantities_positive = models.Constraint(
        "CHECK(quantity_note >= 0 AND quantity_counted >= 0 AND quantity_damaged >= 0 "
        "AND quantity_refused >= 0 AND GREATEST(quantity_damaged, quantity_refused) <= quantity_counted)",
        "Quantities of a delivery note are not negative, and no more can be damaged or refused than was counted.")

    @api.depends("move_id")
    def _compute_quantity_note(self):
        for line in self:
            line.quantity_note = line.move_id.product_uom_qty

    @api.depends("quantity_note")
    def _compute_quantity_counted(self):
        for line in self:
            line.quantity_counted = line.quantity_note

    @api.depends("quantity_note", "quantity_counted")
    def _compute_difference(self):
        for line in self:
            line.difference = line.quantity_counted - line.quantity_note

    @api.depends("quantity_note", "quantity_counted", "quantity_damaged")
    def _compute_kind(self):
        for line in self:
            if line.quantity_damaged:
                line.kind = "damage"
            elif line.uom_id and line.uom_id.compare(line.quantity_counted, line.quantity_note):
                line.kind = "mismatch"
            else:
                line.kind = "none"

    @api.depends("quantity_note", "quantity_counted", "quantity_damaged")
    def _compute_decision(self):
        """Proposed by what was counted; with another count it is asked anew."""
        for line in self:
            line.decision = "refused" if line._get_unwanted() else "accepted"

    @api.depends("quantity_note", "quantity_counted", "quantity_damaged", "decision", "kind")
    def _compute_quantity_refused(self):
        for line in self:
            refused = line.decision == "refused" and line.kind != "none"
            line.quantity_refused = (line._get_unwanted() or line.quantity_counted) if refused else 0.0

    @api.depends("quantity_counted", "quantity_refused")
    def _compute_quantity_received(self):
        for line in self:
            line.quantity_received = line.quantity_counted - line.quantity_refused

    def _get_unwanted(self):
        """What came and was not to come: damaged, or more than on the note. Of a shortage it is nothing."""
        self.ensure_one()
        return max(self.quantity_damaged, self.quantity_counted - self.quantity_note, 0.0)

    @api.constrains("move_id", "picking_id")
    def _check_move(self):
        for line in self:
            if line.move_id.picking_id != line.picking_id:
                raise ValidationError(self.env._(
                    "%(product)s is not on receipt %(picking)s: choose one of its lines.",
                    product=line.product_id.display_name, picking=line.picking_id.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_receipt_open()
        lines._count_receipt()
        return lines

    def write(self, vals):
        self._check_receipt_open()
        result = super().write(vals)
        if COUNTED.intersection(vals):
            self._count_receipt()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_validated(self):
        self._check_receipt_open()

    def _check_receipt_open(self):
        """What was counted is closed with the receipt."""
        for picking in self.picking_id:
            if picking.state in ("done", "cancel"):
                raise UserError(self.env._(
                    "Receipt %(picking)s is closed: its delivery note cannot be changed any more. Report what is "
                    "found later as a nonconformity.", picking=picking.display_name))

    def _is_counted_whole(self):
        """Whether the count is the receipt's quantity; which lots or serial numbers it means is told by nobody else."""
        tracking, rows = self.move_id.has_tracking, self.move_id.move_line_ids
        return tracking == "none" or (tracking == "lot" and len(rows) == 1)

    def _count_receipt(self):
        """Take the counted, not refused quantity into the receipt and tell the buyer of what differs (REC-1)."""
        for line in self:
            move = line.move_id
            if line._is_counted_whole() and float_compare(
                    move.quantity, line.quantity_received, precision_rounding=line.uom_id.rounding):
                move.quantity = line.quantity_received
        self.picking_id._notify_delivery_note()
