from odoo import api, fields, models

from odoo.addons.document_control.tools.reason import is_reason

from .order_change import LEVELS

RANK = [value for value, _label in LEVELS]


class OrderChange(models.Model):
    """How far a change goes: proposed from what its lines change, overruled with a reason (CHG-2 to CHG-4)."""

    _inherit = "order.change"

    next_step = fields.Selection(
        [("assess", "Assess"), ("review", "Send to review"), ("in_review", "Conclude the review"),
         ("customer", "Get the customer's signature"), ("approve", "Approve"), ("acknowledge", "Acknowledge")],
        compute="_compute_next_step", store=True, index="btree_not_null", help="What is to be done next.")

    @api.depends("line_ids.level")
    def _compute_level_proposed(self):
        for change in self:
            levels = change.line_ids.mapped("level")
            change.level_proposed = max(filter(None, levels), key=RANK.index, default="minor")

    @api.depends("level_proposed")
    def _compute_level(self):
        """The proposed one, until somebody overrules it with a reason."""
        for change in self:
            if not (change.level and is_reason(change.level_reason)):
                change.level = change.level_proposed

    @api.depends("state", "level", "review_id.stage", "customer_required", "customer_state",
                 "acknowledgement_ids.state")
    def _compute_next_step(self):
        for change in self:
            change.next_step = change._get_next_step()

    def _get_next_step(self):
        if self.state == "draft":
            return "assess"
        if self.state == "applied":
            return "asked" in self.acknowledgement_ids.mapped("state") and "acknowledge"
        if self.state not in ("assessed", "review", "customer"):
            return False
        if self.level != "minor" and not self._is_review_cleared():
            return "in_review" if self.state == "review" else "review"
        return "customer" if self.customer_required and self.customer_state != "accepted" else "approve"

    def _check_level(self):
        """:raise UserError: the level is another one than proposed, without a reason"""
        for change in self:
            if change.level != change.level_proposed:
                labels = self._get_selection_labels("level")
                self.env["order.review"]._check_reason(change.level_reason, self.env._(
                    "%(change)s is proposed as \"%(proposed)s\". To treat it as \"%(level)s\", give the reason.",
                    change=change.name, proposed=labels[change.level_proposed], level=labels[change.level]))
