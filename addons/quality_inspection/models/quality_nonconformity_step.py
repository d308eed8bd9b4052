from odoo import api, fields, models
from odoo.fields import Command

from .quality_disposition import TASK_KINDS


class QualityNonconformity(models.Model):
    """The one button that takes a report on, for whoever looks at it, and what he may still write on it."""

    _inherit = "quality.nonconformity"

    next_step = fields.Char(
        compute="_compute_next_step", export_string_translation=False,
        help="What the user does next: report, sign, decide, answer, take, isolate, propose, review, work or close.")
    is_describable = fields.Boolean(compute="_compute_is_describable", export_string_translation=False)
    is_proposable = fields.Boolean(compute="_compute_is_describable", export_string_translation=False)
    is_reviewable = fields.Boolean(compute="_compute_is_describable", export_string_translation=False)
    my_review_line_id = fields.Many2one(
        "quality.review.line", compute="_compute_my_review_line_id", export_string_translation=False)
    quantity_unproposed = fields.Float(
        digits="Product Unit", compute="_compute_unproposed", export_string_translation=False)
    unproposed_lot_ids = fields.Many2many(
        "stock.lot", compute="_compute_unproposed", export_string_translation=False)

    @api.depends("state", "reported_by")
    @api.depends_context("uid")
    def _compute_is_describable(self):
        quality = self._is_by_quality()
        for record in self:
            record.is_describable = record._is_describable()
            record.is_proposable = quality and record.state in ("draft", "open")
            record.is_reviewable = quality and record.state in ("open", "review")

    @api.depends("state", "review_round", "review_line_ids.opinion", "review_line_ids.user_id")
    @api.depends_context("uid")
    def _compute_my_review_line_id(self):
        for record in self:
            record.my_review_line_id = record._get_round_lines().filtered("can_sign")[:1]

    @api.depends("quantity", "lot_ids", "disposition_ids.state", "disposition_ids.quantity",
                 "disposition_ids.quantity_cut", "disposition_ids.lot_ids")
    def _compute_unproposed(self):
        for record in self:
            rows = record.disposition_ids.filtered(lambda row: row.state != "cancelled")
            record.quantity_unproposed = max(
                record.quantity - sum(row.quantity - row.quantity_cut for row in rows), 0.0)
            record.unproposed_lot_ids = record.lot_ids - rows.lot_ids if record.tracking == "serial" else False

    @api.depends("state", "severity", "reaction_at", "escalated_at", "head_answered_at", "gm_escalated_at",
                 "is_stocked", "inspection_id", "quantity_isolated", "location_id", "lot_ids", "product_id",
                 "quantity_unproposed", "is_settled", "can_decide", "pending_review_count", "my_review_line_id",
                 "disposition_ids.state", "disposition_ids.responsible_id", "leader_id")
    @api.depends_context("uid")
    def _compute_next_step(self):
        quality = self._is_by_quality()
        for record in self:
            record.next_step = record._get_next_step(quality)

    def _get_next_step(self, quality):
        """What the user does next with this report; False where it waits for somebody else.

        :param quality: whether he belongs to quality
        """
        if self.state == "draft":
            return self.is_describable and "report"
        if self.state not in ("open", "review"):
            return (bool(self._get_my_tasks()) and "work") or (quality and self.is_settled and "close")
        if self.my_review_line_id:
            return "sign"
        if self._is_decidable_now():
            return "decide"
        if self.can_answer:
            return "answer"
        if not quality or (self.state == "review" and self.reaction_at):
            return bool(self._get_my_tasks()) and "work"
        if not self.reaction_at:
            return "take"
        if not self._get_isolation_obstacle():  # nothing is decided of goods that lie in free stock (REC-7)
            return "isolate"
        return "review" if self._is_proposed() else "propose"

    def _is_decidable_now(self):
        asked = self.state == "review"
        return self.can_decide and self._is_proposed() and (
            not self.pending_review_count if asked else not self.is_review_needed)

    def _is_proposed(self):
        """Whether the proposed tranches cover the whole quantity."""
        return bool(self.disposition_ids) and self.product_uom_id.is_zero(self.quantity_unproposed)

    def _get_my_tasks(self):
        """Sorting and rework that the user was asked for and has not reported as done (NCR-3, NCR-4)."""
        return self.disposition_ids.filtered(
            lambda row: row.kind in TASK_KINDS and row.state == "in_progress"
            and (row.responsible_id or self.leader_id) == self.env.user)

    def _is_by_quality(self):
        return self.env.user.has_group("quality_inspection.group_quality_user")

    def action_propose(self):
        """Propose what is done with the goods that no disposition covers yet (NCR-4)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("quality_inspection.quality_disposition_action_propose")
        return {**action, "context": {
            "default_nonconformity_id": self.id, "default_quantity": self.quantity_unproposed,
            "default_lot_ids": [Command.set(self.unproposed_lot_ids.ids)]}}

    def action_report_task(self):
        """Report that the sorting or rework that was asked of the user is done (NCR-4)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("quality_inspection.quality_task_done_action")
        return {**action, "context": {"default_disposition_id": self._get_my_tasks()[:1].id}}

    def action_sign_review(self):
        """Open the opinion that is asked of the user, with what was proposed (NCR-6)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("quality_inspection.quality_review_line_action_sign")
        return {**action, "res_id": self.my_review_line_id.id}
