from odoo import fields, models
from odoo.exceptions import UserError


class OrderChange(models.Model):
    """The application of an approved change: all parts in one transaction, or none (CHG-8)."""

    _inherit = "order.change"

    revision = fields.Integer(readonly=True, copy=False, help="Number of the order's revision that the change made.")
    applied_digest = fields.Char(
        readonly=True, copy=False, help="Fingerprint of the order as the change left it, which its review covers.")
    covered_review_id = fields.Many2one(
        "order.review", string="Covered by", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        help="Review that covers the order as the change left it.")
    scope = fields.Json(readonly=True, copy=False, groups="sales_team.group_sale_salesman")
    instruction_id = fields.Many2one(
        "production.instruction", string="New instruction", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict")

    def _apply(self):
        """Change the order and what hangs on it, as it was assessed, reviewed and signed.

        Other addons extend it: after ``super()`` the order says what it becomes.

        :raise UserError: names the part that cannot be applied; nothing is applied then
        """
        self.ensure_one()
        order = self.order_id
        order._lock()
        self._check_order_open()
        self._check_not_stale()
        self.line_ids._check_applicable()
        impact = self._get_impact()
        self._check_obstacles(impact)
        self._check_reviewed()
        self._tell_new_obstacles(impact)
        self._keep_impact(impact)  # what the departments are told is true on the day they are told
        standing = self._get_standing(order)
        self._apply_parts(order)
        self._apply_promise(order)
        self._check_amount(order)
        self._keep_standing(order, **standing)
        self.attachment_ids._seal()
        self._write_transition("apply", applied_on=fields.Datetime.now())
        self._renew_instructions(order)
        self._close_activities()
        self.acknowledgement_ids._ask()
        order.message_post(body=self.env._(
            "Changed by %(change)s, revision %(revision)s.", change=self.name, revision=self.revision))
        self._tell_asker(self.env._("%(change)s is approved and applied.", change=self.name))

    def _tell_new_obstacles(self, impact):
        """What has been made or received since the assessment stays, and costs: whoever decided knows it."""
        known = {(row.document_name, row.obstacle) for row in self.impact_ids}
        fresh = [row for row in impact if row.get("obstacle") and (row["document_name"], row["obstacle"]) not in known]
        if fresh:
            self.message_post(body=self.env._(
                "Since the assessment: %(documents)s.", documents="; ".join(
                    f"{row['document_name']}: {row.get('what') or ''} ({row['obstacle']})" for row in fresh)))

    def _apply_parts(self, order):
        """Apply the lines; the first part that cannot be is named."""
        for part in self.line_ids._get_parts():
            try:
                part._apply(order)
                order.env.flush_all()
            except UserError as error:
                raise UserError(self.env._(
                    "%(part)s cannot be changed, so nothing was changed: %(reason)s",
                    part=part[0]._get_title(), reason=error)) from error

    def _apply_promise(self, order):
        """The day that the review has promised, where it is a later one than asked.

        A change that leaves the day alone leaves the one that another change has moved meanwhile, too.
        """
        if self.date_after and self.date_after not in (self.date_before, order._get_requested_date()):
            order.write({"commitment_date": order._get_promised_moment(self.date_after, order.commitment_date)})

    def _check_amount(self, order):
        """:raise UserError: the order would cost something else than was assessed, reviewed and signed"""
        if self.currency_id.compare_amounts(order.amount_total, self.amount_after):
            raise UserError(self.env._(
                "%(change)s would make the order cost %(now)s, %(then)s was assessed: taxes or terms have changed "
                "since. Assess it again, or draw it up anew.", change=self.name,
                now=self.currency_id.format(order.amount_total), then=self.currency_id.format(self.amount_after)))

    def _check_reviewed(self):
        """:raise UserError: what was reviewed is not what would be applied"""
        if self.review_id and not self.review_id._is_scope_current():
            raise UserError(self.env._(
                "%(change)s is not what was reviewed any more: the order has been changed since. Draw it up anew.",
                change=self.name))

    # What the order is cleared by

    def _get_standing(self, order):
        """What the order rested on before the change: its review or release, and the customer's signature."""
        return {
            "cleared": order.review_stage == "cleared",
            "overridden": order.review_stage == "overridden",
            "signed": order._is_contract_current(),
        }

    def _keep_standing(self, order, cleared, overridden, signed):
        """The approved change is covered by its own round, or, a minor one, by the round that the order rested on.

        An order that was not cleared before is not cleared by a minor change. The customer's signature holds for what
        he has agreed to in writing.
        """
        digest = order._review_digest()
        review = self.review_id or (order.review_id if cleared else order.review_id.browse())
        self.write({
            "applied_digest": digest, "scope": order._describe_scope(), "covered_review_id": review.id,
            "revision": order.change_revision + 1})
        values = {"review_id": self.review_id.id} if self.review_id else {}
        if overridden:
            values["review_override_digest"] = digest
        if values:
            order.write(values)
        if signed and self._is_agreed():
            order._bind_contract()

    # The production instruction

    def _renews_instruction(self, instruction):
        """Whether the plan is touched: the instruction is then issued anew, and the plan made again (CHG-7)."""
        return self.level != "minor" and instruction.state in ("draft", "issued", "acknowledged")

    def _renew_instructions(self, order):
        for instruction in order.instruction_ids.filtered(lambda doc: doc.state != "cancelled"):
            notice = self.env._("The order was changed by %(change)s.", change=self.name)
            instruction.message_post(body=notice)
            if self._renews_instruction(instruction):
                self._renew_instruction(order, instruction, notice)

    def _renew_instruction(self, order, instruction, notice):
        """As the order desk does it: cancelled, and issued anew from the order as it is now; where the contract is not
        in effect yet the new one stays a draft of the desk's.
        """
        issued = instruction.state != "draft"
        instruction.action_cancel()
        instruction.flush_recordset(["state"])
        action = order.action_issue_instruction() if self._is_instructable(order) else None
        if action:
            fresh = instruction.browse(action["res_id"])
            fresh.write({"note": "\n".join(filter(None, [instruction.note, notice]))})
            self.write({"instruction_id": fresh.id})
            if issued:
                fresh.action_issue()
        elif desk := self._get_desk():
            order.activity_schedule(
                "order_review.mail_activity_type_issue", user_id=desk.id, note=notice, summary=order.name)

    def _is_instructable(self, order):
        try:
            order._check_instructable()
        except UserError:
            return False
        return True

    def _get_living_fields(self):
        return super()._get_living_fields() | {"instruction_id"}  # made after the change was applied
