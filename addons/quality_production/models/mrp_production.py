from odoo import api, fields, models
from odoo.exceptions import UserError


class MrpProduction(models.Model):
    """An order has a process card, and is finished only when the card is complete (FQC-1, FQC-2)."""

    _inherit = "mrp.production"

    process_card_ids = fields.One2many("process.card", "production_id", string="Process Cards")
    process_card_id = fields.Many2one(
        "process.card", compute="_compute_process_card_id",
        help="The card of this order that is not cancelled.")
    quality_inspection_ids = fields.One2many("quality.inspection", "production_id", string="Inspections")
    quality_inspection_count = fields.Integer(string="Inspection Count", compute="_compute_quality_counts")
    material_return_ids = fields.One2many("material.return", "production_id", string="Returns of Material")
    material_return_count = fields.Integer(compute="_compute_quality_counts")

    @api.depends("process_card_ids.state")
    def _compute_process_card_id(self):
        # sudo: the gate asks for the card whoever finishes the order
        cards = self.env["process.card"].sudo().search(
            [("production_id", "in", self.ids), ("state", "!=", "cancelled")]).grouped("production_id")
        for production in self:
            production.process_card_id = cards.get(production._origin.sudo())

    def _compute_quality_counts(self):
        # sudo: how many there are belongs to the order, what they say does not
        inspections = dict(self.env["quality.inspection"].sudo()._read_group(
            [("production_id", "in", self.ids)], ["production_id"], ["__count"]))
        returns = dict(self.env["material.return"].sudo()._read_group(
            [("production_id", "in", self.ids)], ["production_id"], ["__count"]))
        for production in self:
            production.quality_inspection_count = inspections.get(production._origin.sudo(), 0)
            production.material_return_count = returns.get(production._origin.sudo(), 0)

    def write(self, vals):
        if vals.get("state") == "done":
            self.filtered(lambda production: production.state != "done")._check_process_card()
        result = super().write(vals)
        if vals.get("state") in ("done", "cancel"):
            self._close_process_cards()
        return result

    def unlink(self):
        """Delete orders with their cards; an order whose card carries signatures stays (FQC-1)."""
        # sudo: the card follows its order; it refuses when it was signed
        self.sudo().process_card_ids.unlink()
        return super().unlink()

    def action_confirm(self):
        """Confirm the order and make its process card (FQC-1)."""
        result = super().action_confirm()
        self._create_process_cards()
        return result

    def _action_confirm_mo_backorders(self):
        result = super()._action_confirm_mo_backorders()
        self._create_process_cards()
        return result

    def button_mark_done(self):
        """Finish the order; refused while its process card is not complete (FQC-1 to FQC-3).

        :raise UserError: names what is missing on the card
        """
        self._check_process_card()
        return super().button_mark_done()

    def _action_cancel(self):
        result = super()._action_cancel()
        self._close_process_cards()
        return result

    def action_create_process_card(self):
        """Make the process card of an order that was confirmed before cards were asked for, and open it."""
        self.ensure_one()
        self.check_access("write")
        if not self.process_card_id:
            if self.state in ("draft", "done", "cancel"):
                raise UserError(self.env._(
                    "%(name)s is not confirmed or is closed: it gets no process card.", name=self.display_name))
            self._create_cards()
        return self.action_view_process_card()

    def action_view_process_card(self):
        """Open the order's process card."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "process.card", "view_mode": "form",
                "res_id": self.process_card_id.id}

    def action_view_quality_inspections(self):
        """Open the inspections in process and of the finished goods of this order."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "quality.inspection", "view_mode": "list,form",
                "domain": [("production_id", "=", self.id)], "name": self.env._("Inspections")}

    def action_view_material_returns(self):
        """Open the return slips of this order, or write the first one (MAT-11)."""
        self.ensure_one()
        action = {"type": "ir.actions.act_window", "res_model": "material.return", "view_mode": "list,form",
                  "domain": [("production_id", "=", self.id)], "name": self.env._("Returns of Material"),
                  "context": {"default_production_id": self.id}}
        return action | ({} if self.material_return_count else {"view_mode": "form", "views": [(False, "form")]})

    def _needs_process_card(self):
        """Whether the order needs a card by company, product, or its key operations and special processes."""
        self.ensure_one()
        policy = self.company_id.process_card_policy
        if policy == "none" or self.bom_id.type == "subcontract":
            return False
        return policy == "all" or self.product_id.process_card_required or any(
            order.operation_id.is_key_operation or order.operation_id.is_special_process
            or order.workcenter_id.is_special_process for order in self.workorder_ids)

    def _create_process_cards(self):
        """Make the missing cards of confirmed orders that need one."""
        todo = self.filtered(lambda p: p.state not in ("draft", "done", "cancel") and p._needs_process_card())
        return todo.filtered(lambda production: not production.process_card_id)._create_cards()

    def _create_cards(self):
        # sudo: whoever confirms an order may not write cards, which people sign through their actions only
        cards = self.env["process.card"].sudo().create([
            production._prepare_process_card_vals() for production in self])
        self.invalidate_recordset(["process_card_ids", "process_card_id"])
        return cards

    def _prepare_process_card_vals(self):
        self.ensure_one()
        leaders = self.workorder_ids.workcenter_id.process_leader_id
        return {"production_id": self.id, "product_id": self.product_id.id, "company_id": self.company_id.id,
                "leader_id": (leaders[:1] or self.user_id).id}

    def _prepare_process_card_line_vals(self, card):
        """The one operation of an order without work orders."""
        return {"card_id": card.id, "name": self.env._("Assembly"), "plan_id": card._find_process_plan().id}

    def _check_process_card(self):
        """Gate: an order with a card is complete on it; an order that needs one has it.

        :raise UserError: says what is missing
        """
        # sudo: the gate and the closing read and write the card, whoever finishes the order
        self.sudo().process_card_id._check_complete()
        for production in self.filtered(lambda p: not p.process_card_id):
            if production.company_id.process_card_gate and production._needs_process_card():
                raise UserError(self.env._(
                    "%(name)s has no process card. Confirm the order, or press \"Create Process Card\" on it, and have "
                    "the card signed.", name=production.display_name))

    def _get_counted_lots(self, quantity=None):
        """Lots of the order's product, where they are as many as the quantity; else they are not known yet."""
        lots = self.lot_producing_ids
        expected = self.product_uom_qty if quantity is None else quantity
        return lots if self.product_tracking == "lot" or len(lots) == expected else lots.browse()

    def _post_inventory(self, cancel_backorder=False):
        """Parts written as missing on the card are not consumed, as far as they are not there (MAT-10)."""
        for production in self:
            production._leave_out_missing_parts()
        return super()._post_inventory(cancel_backorder=cancel_backorder)

    def _leave_out_missing_parts(self):
        # sudo: the card belongs to the order, whoever finishes it
        parts = self.process_card_id.sudo().missing_ids.filtered(lambda part: part.state != "installed")
        moves = self.move_raw_ids.filtered(
            lambda move: move.state not in ("done", "cancel") and move.product_id in parts.product_id)
        supply = moves._get_component_supply() if moves else {}
        for move in moves:
            uom = move.product_id.uom_id
            planned = sum(move.move_line_ids.mapped("quantity_product_uom"))
            if uom.compare(planned, supply[move.id]) > 0:
                move.quantity = uom._compute_quantity(supply[move.id], move.product_uom, rounding_method="HALF-UP")

    def _close_process_cards(self):
        for production in self.sudo():  # the card follows its order, whoever finishes or cancels that
            if production.state == "done":
                production.process_card_id._close()
            elif production.state == "cancel":
                production.process_card_id._cancel()
