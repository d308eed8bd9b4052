from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

from .sampling_words import plain


class QualityUrgentRelease(models.Model):
    """Goods let out before their verdict (紧急放行): asked for, authorised by another, marked, recallable (REC-8)."""
    _name = "quality.urgent.release"
    _description = "Urgent Release"
    _inherit = ["document.control.mixin", "document.quantity.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"  # whoever is asked may answer
    _transitions = {
        "approve": Transition(("draft",), "approved", groups=("quality_inspection.group_quality_release",)),
        "refuse": Transition(("draft",), "refused", groups=("quality_inspection.group_quality_release",)),
    }

    name = fields.Char(compute="_compute_name")
    inspection_id = fields.Many2one(
        "quality.inspection", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="inspection_id.company_id", store=True, index=True)
    product_id = fields.Many2one(related="inspection_id.product_id", store=True, index=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    state = fields.Selection(
        [("draft", "Requested"), ("approved", "Approved"), ("refused", "Refused"), ("recalled", "Recalled")],
        required=True, default="draft", index=True, tracking=True)
    quantity = fields.Float(digits="Product Unit", required=True)
    lot_ids = fields.Many2many("stock.lot", "quality_urgent_release_lot_rel", string="Lots/Serial Numbers")
    reason = fields.Text(required=True)
    requested_by = fields.Many2one("res.users", required=True)
    requested_on = fields.Datetime(required=True, default=fields.Datetime.now)
    decided_by = fields.Many2one("res.users", tracking=True)
    decided_on = fields.Datetime()
    decision_note = fields.Char()
    disposition_id = fields.Many2one("quality.disposition", string="Transfer Out", index="btree_not_null")
    quantity_recalled = fields.Float(string="Recalled", digits="Product Unit")
    quantity_settled = fields.Float(
        string="Accepted Later", digits="Product Unit", help="Found good by the verdict, after the release.")
    recalled_lot_ids = fields.Many2many("stock.lot", "quality_urgent_release_recalled_rel", string="Recalled Lots")
    settled_lot_ids = fields.Many2many(
        "stock.lot", "quality_urgent_release_settled_rel", string="Serial Numbers Accepted Later")
    recall_needed = fields.Boolean(help="Goods of the release were found bad, and are still out.")
    can_decide = fields.Boolean(compute="_compute_can_decide", export_string_translation=False)
    can_recall = fields.Boolean(compute="_compute_can_decide", export_string_translation=False)
    usage_note = fields.Text(string="Used By", help="Documents that used the goods, found by the recall.")

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "The quantity of a release must be positive.")

    @api.depends("inspection_id.name")
    def _compute_name(self):
        for release in self:
            release.name = self.env._(
                "Urgent release %(inspection)s", inspection=release.inspection_id.name or "")

    @api.depends("state", "requested_by", "quantity", "quantity_recalled", "quantity_settled")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        authorised = self.env.user.has_group("quality_inspection.group_quality_release")
        for release in self:
            release.can_decide = authorised and release.state == "draft" and release.requested_by != self.env.user
            release.can_recall = authorised and release.state == "approved" and release._get_outstanding() > 0

    def _is_frozen(self):
        return self.state in ("refused", "recalled")

    def _get_living_fields(self):
        return {"recall_needed", "quantity_settled", "settled_lot_ids"}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if any(release.state != "draft" for release in self):
            raise UserError(self.env._("An urgent release that was decided is kept."))

    def action_approve(self, note=None):
        """Let the goods out of the inspection area, marked by their lot (REC-8).

        :raise AccessError: not authorised, or asked for by the same person
        :raise UserError: decided already, or more than is still held
        """
        for release in self:
            release._check_transition("approve")
            inspection = release.inspection_id.sudo()  # sudo: who authorises need not be an inspector
            inspection._lock()
            inspection._check_state("pending", "in_progress")
            release._check_available()
            release._decide("approve", note)
            tranche = self.env["quality.disposition"].sudo()._create_from_verdict(  # sudo: as above
                inspection, release.quantity, kind="urgent", lots=release.lot_ids, without_move=False)
            release._write_signed({"disposition_id": tranche.id})
            inspection._update_quantities()
            inspection.message_post(body=self.env._(
                "Urgent release of %(quantity)s %(uom)s approved by %(user)s: %(reason)s",
                quantity=plain(release.quantity),
                uom=release.product_uom_id.name, user=self.env.user.name, reason=release.reason))
        return True

    def action_refuse(self, note=None):
        """Refuse the release; the goods stay held, and who asked reads why.

        :raise AccessError: not authorised, or asked for by the same person
        :raise UserError: without a reason, or decided already
        """
        for release in self:
            release._check_transition("refuse")
            if not is_reason(note):
                raise UserError(self.env._("%(release)s: say why it is refused.", release=release.display_name))
            release._decide("refuse", note.strip())
        return True

    def action_recall(self):
        """Bring back what is left of the released goods and report what was used (REC-8).

        What stands in stock goes back to the inspection area and is held again. Deliveries and orders that used the
        rest are named, and a nonconformity is opened for it.

        :raise AccessError: not authorised
        :raise UserError: nothing is out
        """
        for release in self:
            release.check_access("read")
            release._check_groups("quality_inspection.group_quality_release")
            release._check_state("approved")
            if release._get_outstanding() <= 0:
                raise UserError(self.env._("%(name)s: there is nothing to recall.", name=release.name))
            release.sudo()._recall()  # sudo: the recall moves stock by its own rules
        return True

    def _check_transition(self, operation):
        result = super()._check_transition(operation)
        if self.env.user in self.requested_by:
            raise AccessError(self.env._("Who asked for an urgent release cannot decide on it."))
        return result

    def _check_available(self):
        if self.product_uom_id.compare(self.quantity, self.inspection_id.quantity_held) > 0:
            raise UserError(self.env._(
                "Inspection %(name)s holds only %(held)s %(uom)s.", name=self.inspection_id.name,
                held=plain(self.inspection_id.quantity_held), uom=self.product_uom_id.name))

    def _decide(self, operation, note):
        self._transit(operation, decided_by=self.env.uid, decided_on=fields.Datetime.now(), decision_note=note or False)
        # sudo: the to-do may be another's
        self.sudo().activity_unlink(["quality_inspection.mail_activity_type_release"])
        self._tell_decision(self.sudo().requested_by, self.decision_note)

    def _get_outstanding(self):
        """Quantity that is out and neither recalled nor accepted."""
        self.ensure_one()
        if self.state not in ("approved", "recalled"):
            return 0.0
        return max(self.product_uom_id.round(
            self.quantity - self.quantity_recalled - self.quantity_settled), 0.0)

    def _get_outstanding_lots(self):
        """Lots of which goods are out, and of serial numbers those that are; neither recalled nor accepted."""
        self.ensure_one()
        if not self._get_outstanding():
            return self.lot_ids.browse()
        if self.product_id.tracking != "serial":
            return self.lot_ids
        return self.lot_ids - self.recalled_lot_ids - self.settled_lot_ids

    def _settle(self, quantity, lots):
        """The verdict accepted so much of what was let out; what else is out is bad, and to be recalled (REC-8).

        :param quantity: accepted where it is, in the product's unit
        :param lots: accepted serial numbers; without meaning where units cannot be told apart
        """
        for release in self:
            if release.product_id.tracking == "serial":
                good = release._get_outstanding_lots() & lots
                part = min(quantity, len(good))
            else:
                good, part = lots.browse(), min(quantity, release._get_outstanding())
            if part:
                release.write({"quantity_settled": release.quantity_settled + part,
                               "settled_lot_ids": [fields.Command.link(lot.id) for lot in good]})
                quantity -= part

    def _ask_recall(self):
        """Goods that are out were found bad, as a rule by the verdict: whoever approved is asked to recall them."""
        for release in self:
            if release.state == "approved" and release._get_outstanding() > 0:
                release.write({"recall_needed": True})
                release.activity_schedule(
                    "quality_inspection.mail_activity_type_recall",
                    user_id=(release.decided_by or self.env.user).id,
                    summary=self.env._("%(name)s: recall what was urgently released; goods of it are bad.",
                                       name=release.inspection_id.name))

    def _ask_deciders(self):
        """Ask the head of quality; others who may decide see the request in the list."""
        for release in self:
            head = release.company_id._get_quality_head()
            if head and head != release.requested_by:
                release.activity_schedule(
                    "quality_inspection.mail_activity_type_release", user_id=head.id, summary=release.reason[:100])
