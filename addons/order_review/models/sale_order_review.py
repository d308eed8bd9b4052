import hashlib
import json
from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

REVIEW_STAGES = [
    ("none", "Not reviewed"), ("in_review", "In review"), ("approval", "Top management"),
    ("customer", "With the customer"), ("cleared", "Cleared"), ("returned", "Returned to sales"),
    ("declined", "Declined"), ("outdated", "Changed since the review"), ("overridden", "Released by override"),
]
STAGE_OF_ROUND = {"draft": "none", "cancelled": "none", "to_conclude": "in_review"}


class SaleOrder(models.Model):
    """Review of the order: its rounds, and what of the order they cover."""

    _inherit = "sale.order"

    review_ids = fields.One2many("order.review", "order_id", string="Review rounds", copy=False)
    review_id = fields.Many2one(
        "order.review", string="Current review", readonly=True, copy=False, index="btree_not_null", ondelete="restrict")
    review_count = fields.Integer(compute="_compute_review_count")
    review_digest = fields.Char(
        readonly=True, copy=False, help="Fingerprint of the content that the current review covers.")
    review_stage = fields.Selection(
        REVIEW_STAGES, compute="_compute_review_stage", store=True, index=True, default="none", copy=False,
        tracking=True)
    review_change_summary = fields.Text(
        string="Changes since the review", compute="_compute_review_change_summary")
    review_chips = fields.Json(related="review_id.review_chips", related_sudo=True)
    promise_date = fields.Date(related="review_id.promise_date")
    review_conclusion_note = fields.Text(related="review_id.conclusion_note")

    @api.depends("review_ids")
    def _compute_review_count(self):
        # sudo: how many there are belongs to the order, whoever may read the order
        counts = dict(self.env["order.review"].sudo()._read_group(
            [("order_id", "in", self.ids)], ["order_id"], ["__count"]))
        for order in self:
            order.review_count = counts.get(order._origin, 0)

    @api.depends(lambda self: [
        "review_id.stage", "review_digest", "review_override_digest",
        *self._get_reviewed_fields(),
        *(f"order_line.{name}" for name in self._get_reviewed_line_fields()),
        "order_document_ids.state", "order_document_ids.checksum",
    ])
    def _compute_review_stage(self):
        for order in self:
            order.review_stage = order._get_review_stage()

    def _get_review_stage(self):
        self.ensure_one()
        if not (self.review_id or self.review_override_digest):
            return "none"
        order = self.sudo()  # whoever changes the order changes the stage, whether he may read the review or not
        digest = order._review_digest()
        if order.review_override_digest == digest:
            return "overridden"
        stage = order.review_id.stage
        stage = STAGE_OF_ROUND.get(stage, stage) or "none"
        if stage in ("in_review", "approval", "customer", "cleared") and order.review_digest != digest:
            return "outdated"
        return stage

    @api.depends("review_stage")
    def _compute_review_change_summary(self):
        for order in self:
            changes = []
            if order.review_stage == "outdated":
                changes = order.sudo()._get_review_changes()  # the round's content; order's own data
            order.review_change_summary = "\n".join(changes)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reviewed(self):
        if reviewed := self.sudo().filtered("review_ids"):  # whether there are rounds, not what they say
            raise UserError(self.env._(
                "%(orders)s: the review stays on record, so the order cannot be deleted. Cancel it instead.",
                orders=", ".join(reviewed.mapped("name"))))

    def action_prepare_review(self):
        """Create a round in preparation, to add or change departments before sending it.

        :raise UserError: the order cannot be reviewed, or no template fits
        """
        self.ensure_one()
        self.env["order.review"]._check_desk()
        self.check_access("write")
        return self._create_round()._get_records_action(name=self.env._("Review"))

    def action_request_review(self):
        """Send the order to review: checks the intake, creates the next round and sends it (INT-2, REV-2).

        :return: action that opens the round
        :raise UserError: the order is cancelled or empty, its intake is incomplete, a round is running, or the
            template has no departments
        """
        self.env["order.review"]._check_desk()
        self.check_access("write")
        rounds = self.env["order.review"]
        for order in self:
            review = order._create_round()
            review.action_submit()
            rounds |= review
        return rounds._get_records_action(name=self.env._("Review"))

    def action_view_reviews(self):
        """Open the rounds of the order's review."""
        self.ensure_one()
        return self.review_ids._get_records_action(name=self.env._("Reviews of %(order)s", order=self.name))

    def _create_round(self):
        """The next round, in preparation; a round that the order has outgrown is cancelled."""
        self.ensure_one()
        order = self.sudo()  # rounds are created by these actions only, nobody has the right to create them
        order._decide_order_class()
        order._check_reviewable()
        running = order.review_ids.filtered(lambda review: review.state in ("draft", "in_review"))
        for review in running:
            if review.state == "in_review" and order.review_stage != "outdated":
                raise UserError(self.env._(
                    "%(order)s is already in review: %(review)s.", order=self.name, review=review.name))
            review._cancel(self.env._("Replaced by a new round: the order has changed."))
        order.review_ids.flush_recordset(["state"])  # one open round at a time, see _one_open_round
        template = self.env["order.review.template"]._find_for(order, order.order_class)
        return order.env["order.review"].create(order._prepare_review(template)).sudo(False)

    def _prepare_review(self, template):
        return {
            "order_id": self.id,
            "company_id": self.company_id.id,
            "round_no": max(self.review_ids.mapped("round_no"), default=0) + 1,
            "template_id": template.id,
            "order_name": self.name,
            "order_class": self.order_class,
            "partner_id": self.partner_id.id,
            "partner_name": self.partner_id.display_name,
            "project_name": self.project_name,
            "user_id": self.user_id.id,
            "requested_date": self._get_requested_date(),
            "line_ids": [fields.Command.create(values) for values in template._prepare_review_lines(self)],
        }

    def _check_reviewable(self):
        """Whether the order can be sent to review.

        :raise UserError: names what is wrong or missing (INT-2)
        """
        self.ensure_one()
        if self.state == "cancel":
            raise UserError(self.env._("%(order)s is cancelled. Set it back to quotation first.", order=self.name))
        if not self._get_review_lines():
            raise UserError(self.env._("%(order)s has no product lines: there is nothing to review.", order=self.name))
        if missing := self._get_intake_missing():
            raise UserError(self.env._(
                "%(order)s cannot be sent to review yet. Missing:\n%(missing)s",
                order=self.name, missing="\n".join(f"- {name}" for name in missing)))

    def _get_portal_conditions(self):
        """Conditions that the customer is asked to accept now; the order comes from a checked token."""
        self.ensure_one()
        review = self.review_id
        return review.condition_ids if review.stage == "customer" else review.condition_ids.browse()

    # What is reviewed

    @api.model
    def _get_reviewed_fields(self):
        """Fields of the order whose change invalidates the review. Add to them where a module adds content."""
        return ["partner_id", "currency_id", "commitment_date", "order_class", "project_name", "project_background",
                "technical_requirements", "quality_requirements", "packing_requirements", "has_penalty_clause",
                "is_reputation_critical", "quality_beyond_standard"]

    @api.model
    def _get_reviewed_line_fields(self):
        """Fields of the lines whose change invalidates the review."""
        return ["product_id", "name", "product_uom_qty", "product_uom_id", "price_unit", "discount", "is_downpayment"]

    @api.model
    def _get_reviewed_document_kinds(self):
        return ("agreement", "drawing", "confirmation")

    def _get_reviewed_documents(self):
        """Technical documents in force: agreement, drawings, signed requirements (REV-4)."""
        kinds = self._get_reviewed_document_kinds()
        return self.order_document_ids.filtered(
            lambda document: document.state == "in_force" and document.kind in kinds)

    def _review_content(self):
        """What is reviewed, as plain data: order, lines, documents in force. Down payments are left out."""
        self.ensure_one()
        names = [name for name in self._get_reviewed_line_fields() if name != "is_downpayment"]
        return {
            "order": {name: self._plain(self, name) for name in self._get_reviewed_fields()},
            "lines": [
                {"id": line._origin.id, **{name: self._plain(line, name) for name in names}}
                for line in self.order_line if not line.is_downpayment],
            "documents": [
                {"id": document._origin.id, "name": document.display_name, "kind": document.kind,
                 "checksum": document.checksum}
                for document in self._get_reviewed_documents()],
        }

    @api.model
    def _plain(self, record, name):
        field, value = record._fields[name], record[name]
        if field.type == "many2one":
            return value._origin.id or False
        if field.type in ("float", "monetary"):
            return f"{value:.6f}"
        if field.type in ("date", "datetime"):
            return field.to_string(value) or False
        return value or False

    def _review_digest(self):
        """Fingerprint of the content reviewed; equal content gives an equal one, whatever the lines' ids."""
        return self._review_content_digest(self._review_content())

    @api.model
    def _review_content_digest(self, content):
        def without_id(rows):
            return sorted(json.dumps({**row, "id": None}, sort_keys=True) for row in rows)
        plain = json.dumps([content["order"], without_id(content["lines"]), without_id(content["documents"])],
                           sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()

    def _get_review_changes(self):
        """What differs from the reviewed content, in plain words, one change each."""
        self.ensure_one()
        former, present = self.review_id.content or {}, self._review_content()
        changes = [self._describe_change(self, name, former.get("order", {}).get(name, value), value)
                   for name, value in present["order"].items()
                   if name in former.get("order", {}) and former["order"][name] != value]
        changes += self._describe_line_changes(former.get("lines", []), present["lines"])
        gone, come = (
            {(row["kind"], row["name"], row["checksum"]) for row in rows}
            for rows in (former.get("documents", []), present["documents"]))
        changes += [self.env._("Document no more in force: %(name)s", name=row[1]) for row in sorted(gone - come)]
        changes += [self.env._("Document newly in force: %(name)s", name=row[1]) for row in sorted(come - gone)]
        return changes

    def _describe_line_changes(self, former, present):
        former = {row["id"]: row for row in former}
        lines = {line._origin.id: line for line in self.order_line}
        changes = []
        for row in present:
            before = former.pop(row["id"], None)
            line = lines[row["id"]]
            if before is None:
                changes.append(self.env._("Line added: %(line)s", line=line.name))
                continue
            changes += [
                self.env._("%(line)s: %(change)s", line=line.product_id.display_name or line.name,
                           change=self._describe_change(line, name, before.get(name), value))
                for name, value in row.items() if name != "id" and before.get(name) != value]
        changes += [self.env._("Line removed: %(line)s", line=row["name"]) for row in former.values()]
        return changes

    @api.model
    def _describe_change(self, record, name, before, after):
        field = record._fields[name]

        def shown(value):
            if field.type == "many2one":
                return self.env[field.comodel_name].browse(value).exists().display_name if value else "-"
            if field.type in ("float", "monetary"):
                return f"{float(value or 0):g}"
            if field.type == "datetime" and value:
                return format_datetime(self.env, value, tz=self._get_review_tz().zone, dt_format="short")
            if field.type == "selection":
                return dict(field._description_selection(self.env)).get(value, value) or "-"
            if field.type == "boolean":
                return self.env._("yes") if value else self.env._("no")
            return value or "-"
        return self.env._("%(field)s: %(before)s → %(after)s", field=field._description_string(self.env),
                          before=shown(before), after=shown(after))

    # Dates

    def _get_review_tz(self):
        return pytz.timezone(self.company_id.resource_calendar_id.tz or self.env.user.tz or "UTC")

    def _get_requested_date(self):
        """Day of delivery that the customer asks for, in the company's time zone."""
        self.ensure_one()
        if not self.commitment_date:
            return False
        return pytz.utc.localize(self.commitment_date).astimezone(self._get_review_tz()).date()

    def _apply_promise_date(self, date):
        """Move the delivery date to the promised day; the review stays valid, as it promised it (REV-5).

        :param date: day in the company's time zone; the hour of the former delivery date is kept
        """
        self.ensure_one()
        if not date or date == self._get_requested_date():
            return
        zone = self._get_review_tz()
        former = self.commitment_date and pytz.utc.localize(self.commitment_date).astimezone(zone)
        local = zone.localize(datetime.combine(date, former.time() if former else time(12)))
        moment = local.astimezone(pytz.utc).replace(tzinfo=None)
        content = self._review_content()
        content["order"]["commitment_date"] = fields.Datetime.to_string(moment)
        self.write({"commitment_date": moment, "review_digest": self._review_content_digest(content)})

    # Who is told

    def _announce_review_stage(self, review):
        """After a decision: tell the salesperson, and the customer where he has the word."""
        self.ensure_one()
        label = dict(review._fields["stage"]._description_selection(self.env)).get(review.stage)
        reason = review.customer_note if review.customer_state == "refused" else (
            review.approval_note if review.approval_state == "rejected" else review.conclusion_note)
        self.message_post(
            body=self.env._("%(review)s: %(stage)s. %(reason)s", review=review.display_name, stage=label,
                            reason=reason or ""),
            subtype_xmlid="mail.mt_note")
        self._remind_salesperson(review, label, reason)
        template = self.env.ref("order_review.mail_template_review_customer", raise_if_not_found=False)
        if template and review.stage == "customer":
            self._portal_ensure_token()
            template.send_mail(self.id)

    def _remind_salesperson(self, review, label, reason):
        next_step = {"returned": self.env._("Correct the order and send it to review again."),
                     "declined": self.env._("Tell the customer that the order is declined."),
                     "customer": self.env._("Settle the conditions with the customer."),
                     "cleared": self.env._("The order can be confirmed.")}.get(review.stage)
        if next_step and self.user_id.active:
            self.activity_schedule(
                "order_review.mail_activity_type_review_result", user_id=self.user_id.id,
                summary=label, note=f"{next_step} {reason or ''}")

    def _get_customer_overdue(self):
        """Receivables of the customer that are past due today, in the company's currency (REV-9)."""
        self.ensure_one()
        rows = self.env["account.move.line"].sudo()._read_group([  # a sum, shown to sales only
            ("company_id", "=", self.company_id.id), ("parent_state", "=", "posted"),
            ("partner_id", "child_of", self.partner_id.commercial_partner_id.id),
            ("account_type", "=", "asset_receivable"), ("reconciled", "=", False),
            ("date_maturity", "<", fields.Date.context_today(self)),
        ], aggregates=["amount_residual:sum"])
        return rows[0][0] or 0.0
