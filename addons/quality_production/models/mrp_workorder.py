from odoo import api, fields, models


class MrpWorkorder(models.Model):
    """A work order is finished only when its operation is signed on the process card (FQC-1, FQC-2)."""

    _inherit = "mrp.workorder"

    process_line_ids = fields.One2many("process.card.line", "workorder_id", string="Process Card")
    process_line_state = fields.Selection(related="process_line_ids.state", string="Process Card State")

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        # sudo: whoever adds a work order adds it to the card
        if cards := orders.production_id.sudo().process_card_id:
            cards.filtered(lambda card: not card._is_frozen())._sync_lines()
        return orders

    def write(self, vals):
        if vals.get("state") == "done":
            self.filtered(lambda order: order.state not in ("done", "cancel"))._check_process_lines()
        return super().write(vals)

    def button_start(self, raise_on_invalid_state=False):
        """Start the work; parts that are missing have to be written on the process card first (MAT-10).

        :raise UserError: names the parts
        """
        starting = self.filtered(lambda order: order.state not in ("done", "cancel", "progress"))
        for order in starting.filtered("process_line_ids"):
            order.process_line_ids.sudo().card_id._check_missing(order.move_raw_ids)  # the gate reads the card
        return super().button_start(raise_on_invalid_state=raise_on_invalid_state)

    def button_finish(self):
        """Finish the work; refused while the operation is not signed on the process card (FQC-1, FQC-2).

        :raise UserError: says what is missing
        """
        self.filtered(lambda order: order.state not in ("done", "cancel"))._check_process_lines()
        return super().button_finish()

    def _check_process_lines(self):
        """Gate of work orders: their lines on the process card are signed and confirmed."""
        lines = self.sudo().process_line_ids  # the gate reads the card, whoever finishes the work
        for card, mine in lines.grouped("card_id").items():
            if card.company_id.process_card_gate and card.state != "cancelled":
                card._check_received()
                card._check_lines(mine)

    def action_view_process_card(self):
        """Open the process card of the order."""
        self.ensure_one()
        return self.production_id.action_view_process_card()

    def _prepare_process_card_line_vals(self, card):
        """Values of the work order's line on the card: the operation as it stands in the routing that day."""
        self.ensure_one()
        operation = self.operation_id
        return {
            "card_id": card.id, "workorder_id": self.id, "operation_id": operation.id, "name": self.name,
            "workcenter_id": self.workcenter_id.id, "sequence": self.sequence,
            "is_key": operation.is_key_operation,
            "is_special": operation.is_special_process or self.workcenter_id.is_special_process,
            "control_method": operation._get_control_method(self.workcenter_id),
            "plan_id": card._find_process_plan(self).id,
            "point_ids": [(0, 0, point._prepare_card_point_vals()) for point in operation.control_point_ids]}
