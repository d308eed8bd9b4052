from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.document_control.models.document_control_mixin import Transition


class ProcessCardMissing(models.Model):
    """A missing part written on the process card (缺件, MAT-10, FQC-4).

    It stays on the card and on the final inspection until it was installed, or conceded by the head of quality.
    """

    _name = "process.card.missing"
    _description = "Missing Part on a Process Card"
    _rec_name = "product_id"
    _inherit = ["document.control.mixin", "document.quantity.mixin"]
    _transitions = {
        "install": Transition(
            ("open",), "installed", groups=("mrp.group_mrp_user", "quality_inspection.group_quality_user")),
        "concede": Transition(("open",), "conceded", groups=("quality_inspection.group_quality_manager",)),
    }
    _order = "card_id, id"
    _check_company_auto = True

    card_id = fields.Many2one("process.card", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="card_id.company_id", store=True)
    production_id = fields.Many2one(related="card_id.production_id", store=True, index=True)
    line_id = fields.Many2one("process.card.line", string="Operation", ondelete="set null")
    product_id = fields.Many2one("product.product", required=True, check_company=True, index=True)
    quantity = fields.Float(digits="Product Unit", required=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id")
    product_qty = fields.Float(related="quantity", string="Quantity in the Product's Unit")
    note = fields.Text()
    reported_by = fields.Many2one("res.users", required=True, default=lambda self: self.env.user)
    reported_on = fields.Datetime(required=True, default=fields.Datetime.now)
    state = fields.Selection(
        [("open", "Missing"), ("installed", "Installed"), ("conceded", "Conceded")], default="open", required=True,
        index=True)
    closed_by = fields.Many2one("res.users")
    closed_on = fields.Datetime()
    closed_note = fields.Text(string="Installed or Conceded: Note")

    @api.constrains("quantity")
    def _check_quantity(self):
        for part in self:
            if part.product_id.uom_id.compare(part.quantity, 0) <= 0:
                raise ValidationError(self.env._(
                    "Missing part %(product)s: the quantity must be above 0.", product=part.product_id.display_name))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("A missing part stays on the card; mark it as installed when it came."))

    def _is_frozen(self):
        return self.state != "open"

    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {"card_id", "product_id", "quantity", "reported_by", "reported_on"}

    def action_installed(self, note=None, lot_id=None):
        """The part came and was installed; production, or the inspector who saw it, signs.

        For an order that is finished already the part is consumed now, so that stock and passport are right.

        :param int lot_id: lot or serial number of the part, needed for tracked parts of a finished order
        :raise AccessError: the user belongs neither to production nor to quality
        :raise UserError: the part is not in stock, or its lot is not said
        """
        self._check_transition("install")
        for part in self.sudo():  # who installs need not have rights in stock
            part._consume_late(part.env["stock.lot"].browse(lot_id or []))
        self._close("install", note)
        return True

    def action_concede(self, reason=None):
        """The head of quality lets the product go without the part (FQC-5).

        :raise AccessError: the user is not the head of quality
        """
        self._check_transition("concede")
        if not (reason or "").strip():
            raise UserError(self.env._("Write why the product may go without %(product)s.",
                                       product=", ".join(self.product_id.mapped("display_name"))))
        self._close("concede", reason)
        return True

    def action_ask_concession(self):
        """Ask why the product may go without the part, then concede it."""
        return self.env["quality.production.remark"]._get_remark_action("missing_concede", self)

    def _consume_late(self, lot):
        """Consume a part that is installed after its order was finished, as part of what the order made."""
        production, product = self.production_id, self.product_id
        if production.state != "done" or not product.is_storable:
            return
        if product.tracking != "none" and lot.product_id != product:
            raise UserError(self.env._(
                "%(product)s is tracked: say which lot or serial number was installed.",
                product=product.display_name))
        move = self.env["stock.move"].create(self._prepare_late_move_vals())
        supply = self.env["stock.quant"]._get_available_quantity(
            product, move.location_id, lot_id=lot or None, strict=False)
        if product.uom_id.compare(supply, self.quantity) < 0:
            raise UserError(self.env._(
                "%(product)s: only %(supply)s of %(quantity)s are free in %(location)s.", product=product.display_name,
                supply=f"{supply:g}", quantity=f"{self.quantity:g}", location=move.location_id.display_name))
        move._action_confirm(merge=False)
        move._update_reserved_quantity(self.quantity, move.location_id, lot_id=lot or None, strict=False)
        move.picked = True
        move._action_done()
        move.move_line_ids.produce_line_ids = production.move_finished_ids.move_line_ids

    def _prepare_late_move_vals(self):
        """What Odoo gives to a component of the order, with its line of the bill of materials."""
        planned = self.production_id.move_raw_ids.filtered(lambda move: move.product_id == self.product_id)[:1]
        return self.production_id._get_move_raw_values(
            self.product_id, self.quantity, self.product_uom_id, planned.operation_id.id, planned.bom_line_id)

    def _close(self, operation, note):
        self._write_transition(
            operation, closed_by=self.env.uid, closed_on=fields.Datetime.now(), closed_note=note or False)
        for part in self.sudo():  # the card is not the signer's
            part.card_id.message_post(body=self.env._(
                "Missing part %(product)s: %(state)s. %(note)s", product=part.product_id.display_name,
                state=part._get_selection_label("state"), note=note or ""))

    def _get_page_data(self):
        """The missing part as the phone's page draws it."""
        self.ensure_one()
        return {"id": self.id, "product": self.product_id.display_name, "quantity": self.quantity,
                "uom": self.product_uom_id.name, "state": self.state, "note": self.note or "",
                "state_label": self._get_selection_label("state"),
                "reported_by": self.reported_by.name, "operation": self.line_id.name or ""}
