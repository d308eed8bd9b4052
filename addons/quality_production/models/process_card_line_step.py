from odoo import api, fields, models


class ProcessCardLine(models.Model):
    """The one button that takes an operation on, for whoever looks at it (FQC-1, FQC-2)."""

    _inherit = "process.card.line"

    next_step = fields.Char(
        compute="_compute_next_step", export_string_translation=False,
        help="What the user does next: sign on the card's page, inspect or confirm.")
    card_state = fields.Selection(related="card_id.state", string="Process Card Status")

    @api.depends("state", "self_checked_by", "card_id.state", "inspection_ids.state")
    @api.depends_context("uid")
    def _compute_next_step(self):
        user = self.env.user
        operator = user.has_group("mrp.group_mrp_user")
        quality = user.has_group("quality_inspection.group_quality_user")
        for line in self:
            if line.card_id._is_frozen():
                line.next_step = False
            elif line.state == "waiting":
                line.next_step = quality and line._get_quality_step()
            else:
                line.next_step = operator and line.state in ("todo", "failed") and "sign"

    def _get_quality_step(self):
        """What is quality's with a signed operation: its inspection first; never who signed it himself."""
        if self._get_last_inspection().state in ("draft", "pending", "in_progress"):
            return "inspect"
        return self.self_checked_by != self.env.user and "confirm"

    def action_open_page(self):
        """Open the card's page, on which its operations are signed."""
        return self.card_id.action_open_page()

    def action_open_inspection(self):
        """Open the inspection that this operation waits for."""
        self.ensure_one()
        return self._get_last_inspection()._get_records_action(name=self.env._("Inspection"))

    def action_ask_confirm(self):
        """Confirm; where no control method is laid down, ask first how it was controlled (FQC-2)."""
        self.ensure_one()
        if self.control_method:
            return self.action_quality_confirm()
        return self.env["quality.production.remark"]._get_remark_action("line_confirm", self)

    def action_ask_reject(self):
        """Ask what is not right, then send the operation to rework."""
        return self.env["quality.production.remark"]._get_remark_action("line_reject", self)
