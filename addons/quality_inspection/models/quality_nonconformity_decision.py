from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.document_control.models.document_control_mixin import Transition

from .sampling_words import plain

REVIEWED = ("major", "critical")
INSPECTOR_KINDS = ("sort", "rework")
QUALITY = ("quality_inspection.group_quality_user",)


class QualityNonconformity(models.Model):
    _inherit = "quality.nonconformity"
    _transitions = {
        "open": Transition(("draft",), "open"),
        "request_review": Transition(("open",), "review", groups=QUALITY),
        "reopen": Transition(("review",), "open", groups=QUALITY),
        "decide": Transition(("open", "review"), "decided"),
        "close": Transition(("decided",), "closed", groups=QUALITY),
        "cancel": Transition(("draft", "open", "review"), "cancelled"),
    }

    review_round = fields.Integer(readonly=True, copy=False, default=1)
    is_review_needed = fields.Boolean(compute="_compute_is_review_needed")
    is_settled = fields.Boolean(
        compute="_compute_is_settled", help="Everything is decided and every disposition has been carried out.")
    can_decide = fields.Boolean(compute="_compute_can_decide")
    pending_review_count = fields.Integer(compute="_compute_pending_review_count")

    @api.depends("severity")
    def _compute_is_review_needed(self):
        for record in self:
            record.is_review_needed = record.severity in REVIEWED

    @api.depends("state", "quantity_undecided", "disposition_ids.state")
    def _compute_is_settled(self):
        for record in self:
            record.is_settled = (
                record.state == "decided" and record.product_uom_id.is_zero(record.quantity_undecided)
                and all(row.state in ("done", "cancelled") for row in record.disposition_ids))

    @api.depends("state", "severity", "disposition_ids.kind", "reported_by")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for record in self:
            record.can_decide = record.state in ("open", "review") and not record._get_decider_problem()

    @api.depends("review_line_ids.opinion", "review_round")
    def _compute_pending_review_count(self):
        for record in self:
            record.pending_review_count = len(record._get_round_lines().filtered(
                lambda line: line.opinion == "pending"))

    def action_request_review(self):
        """Ask the departments for their signed opinion on the proposed dispositions (NCR-6).

        A second request is a new round: every department is asked again, the former signatures stay on record.

        :raise UserError: nothing proposed yet, a disposition that could not be decided as it stands, no department
            named, or not open
        """
        for record in self:
            record._check_transition("request_review")
            record._check_sum()
            for row in record.disposition_ids.filtered(lambda row: row.state == "draft"):
                row._check_complete()
            record.sudo()._start_review()  # sudo: the departments and their to-dos
        return True

    def action_reopen(self):
        """Withdraw the review, so that the proposed dispositions can be changed (NCR-6).

        :raise UserError: not in review
        """
        for record in self:
            record._check_transition("reopen")
            record.sudo()._stop_review()  # sudo: as above
        return True

    def action_decide(self):
        """Sign the proposed dispositions and carry them out: each moves its stock now (NCR-4).

        :raise AccessError: not the decider, or the reporter decides on his own report against the company's policy
        :raise UserError: the tranches do not add up to the quantity, the review is not signed, or a tranche cannot be
            carried out; the message names it
        """
        for record in self:
            record._check_transition("decide")
            decided = record.sudo()  # sudo: who may decide need not have rights in stock
            decided._check_sum()
            decided._check_reviewed()
            decided._decide()
        return True

    def action_close(self):
        """Close the report: all is decided and carried out; nothing can be changed any more.

        :raise UserError: something is undecided or not carried out yet; the message names it
        """
        for record in self:
            record._check_transition("close")
            if pending := record.disposition_ids.filtered(lambda row: row.state not in ("done", "cancelled")):
                raise UserError(self.env._(
                    "%(document)s cannot be closed yet: %(dispositions)s not carried out.", document=record.name,
                    dispositions=", ".join(pending.mapped("display_name"))))
            record._write_transition("close", closed_by=self.env.uid, closed_on=fields.Datetime.now())
            # sudo: who closes need not own the photos
            (record.sudo().attachment_ids | record.sudo().defect_line_ids.attachment_ids)._seal()
        return True

    def action_cancel(self):
        """Cancel a report that was a mistake.

        :raise UserError: goods are held because of it, or an inspection rejected them: these need a decision
        """
        for record in self:
            record._check_transition("cancel")
            if not self.env.su and not record._is_describable():
                raise AccessError(self.env._(
                    "%(document)s is with quality: only quality cancels it.", document=record.name))
            if record.inspection_id or record.quantity_held:
                raise UserError(self.env._(
                    "%(document)s cannot be cancelled: its goods are held. Decide what is done with them; sorting "
                    "has them inspected again, and what is good is accepted then.", document=record.name))
            record.sudo()._cancel()  # sudo: tranches and to-dos of others
        return True

    def _check_transition(self, operation):
        """Who decides need not write reports; everything else is done by whoever may."""
        self.check_access("read" if operation == "decide" else "write")
        if operation == "decide":
            for record in self:
                record._check_decider()
        return super()._check_transition(operation)

    def _cancel(self):
        self.disposition_ids.filtered(lambda row: row.state == "draft").unlink()
        self._write_transition("cancel")
        self.activity_ids.unlink()

    def _start_review(self):
        lines = self._get_round_lines()
        departments = lines.department_id
        if self.is_review_needed or not departments:
            departments |= self.company_id._get_quality_review_departments()
        if not departments:
            raise UserError(self.env._(
                "%(document)s: name the departments that review it, or set them in the settings of quality.",
                document=self.name))
        if any(line.opinion != "pending" for line in lines):
            self.review_round += 1
        asked = self._get_round_lines().department_id
        self.write({"review_line_ids": [Command.create(self._prepare_review_line_vals(department))
                                        for department in departments - asked]})
        self._write_transition("request_review")
        self._get_round_lines()._ask()

    def _prepare_review_line_vals(self, department):
        former = self.review_line_ids.filtered(lambda line: line.department_id == department)[-1:]
        reviewer = {"user_id": former.user_id.id} if former.user_id else {}  # else the department's manager
        return {"department_id": department.id, "round": self.review_round, **reviewer}

    def _get_round_lines(self):
        """Opinions of the latest round."""
        self.ensure_one()
        return self.review_line_ids.filtered(lambda line: line.round == self.review_round)

    def _on_review_signed(self, line):
        """A department has signed: a disagreement opens the proposal again; the last agreement asks the decider."""
        self.ensure_one()
        self.message_post(body=self.env._(
            "%(department)s: %(opinion)s. %(note)s", department=line.department_id.name,
            opinion=line._get_selection_label("opinion"),
            note=line.note or ""))
        if line.opinion == "disagree":
            self._stop_review()
            self._ask_decider(self.env._("The material review disagrees: change the proposed dispositions."))
        elif not self.pending_review_count:
            self._ask_decider(self.env._("All departments have signed: decide."))

    def _stop_review(self):
        """The proposal is changed: nobody is asked any more until the review is requested again."""
        self._write_transition("reopen")
        self.activity_unlink([
            "quality_inspection.mail_activity_type_material_review", "quality_inspection.mail_activity_type_decide"])

    def _ask_decider(self, note):
        if decider := self._get_decider():
            self.activity_schedule(
                "quality_inspection.mail_activity_type_decide", user_id=decider.id, summary=note)

    def _get_decider(self):
        """Who is asked to decide: whoever answers for quality here; where the general manager has answered the
        escalation, the head of quality still decides.
        """
        head = self.head_id
        if head.active and head.has_group("quality_inspection.group_quality_manager"):
            return head
        return self.company_id._get_quality_head()

    def _check_sum(self):
        """The tranches add up to the quantity, serial by serial (NCR-4)."""
        self.ensure_one()
        rows = self.disposition_ids.filtered(lambda row: row.state != "cancelled")
        total = sum(row.quantity - row.quantity_cut for row in rows)
        if not rows or self.product_uom_id.compare(total, self.quantity):
            raise UserError(self.env._(
                "%(document)s: the dispositions cover %(total)s of %(quantity)s %(unit)s. They must add up.",
                document=self.name, total=plain(total), quantity=plain(self.quantity),
                unit=self.product_uom_id.name))
        if self.tracking == "serial" and self.lot_ids and (missing := self.lot_ids - rows.lot_ids):
            raise UserError(self.env._(
                "%(document)s: no disposition covers the serial numbers %(serials)s.", document=self.name,
                serials=", ".join(missing.mapped("name"))))

    def _check_serials_once(self, rows):
        seen = self.env["stock.lot"]
        for row in rows:
            if twice := seen & row.lot_ids:
                raise UserError(self.env._(
                    "%(document)s: the serial numbers %(serials)s stand in two dispositions.", document=self.name,
                    serials=", ".join(twice.mapped("name"))))
            seen |= row.lot_ids

    def _check_reviewed(self):
        """Major and critical cases are decided after all departments have signed (NCR-6)."""
        self.ensure_one()
        if self.state != "review" and not self.is_review_needed:
            return
        lines = self._get_round_lines()
        if self.state != "review" or not lines or any(line.opinion != "agree" for line in lines):
            waiting = lines.filtered(lambda line: line.opinion != "agree").department_id
            raise UserError(self.env._(
                "%(document)s needs the signed review of the departments before it is decided. Waiting for: "
                "%(departments)s.", document=self.name,
                departments=", ".join(waiting.mapped("name")) or self.env._("the request of the review")))

    def _check_decider(self):
        self.ensure_one()
        if problem := self._get_decider_problem():
            raise AccessError(problem)

    def _get_decider_problem(self):
        """Why the current user may not decide; None when he may. Addons extend it for their own deciders."""
        self.ensure_one()
        user = self.env.user
        if not self.env.su and not user.has_group("quality_inspection.group_quality_manager") \
                and not self._may_inspector_decide(user):
            return self.env._(
                "%(document)s is decided by the head of quality; an inspector decides sorting and rework of minor "
                "defects only.", document=self.name)
        if self.reported_by == user and not self.company_id.quality_own_decision:
            return self.env._(
                "%(document)s was reported by you: another person decides (settings of quality).",
                document=self.name)
        return None

    def _may_inspector_decide(self, user):
        """Own small things are settled at once: minor defects, sorted or reworked here (NCR-3)."""
        return (
            user.has_group("quality_inspection.group_quality_user") and self.severity == "minor"
            and bool(self.disposition_ids) and all(row.kind in INSPECTOR_KINDS for row in self.disposition_ids))

    def _decide(self):
        self.ensure_one()
        rows = self.disposition_ids.filtered(lambda row: row.state == "draft")
        for row in rows:
            row._check_decidable()
        now = fields.Datetime.now()
        self._write_transition(
            "decide", decided_by=self.env.uid, decided_on=now, reaction_at=self.reaction_at or now)
        self._done_activities(
            "quality_inspection.mail_activity_type_decide", "quality_inspection.mail_activity_type_nonconformity",
            "quality_inspection.mail_activity_type_escalation",
            "quality_inspection.mail_activity_type_rework_leader")
        self.inspection_id.activity_unlink(["quality_inspection.mail_activity_type_result"])  # the heads have decided
        rows.write({"state": "decided", "decided_by": self.env.uid, "decided_on": now})
        rows._apply()
        self._on_quantity_rejected(self._get_meant_demands())

    def _reopen_undecided(self):
        """A tranche was given up after the decision: what it covered must be decided anew."""
        for record in self:
            if record.state == "decided" and record.product_uom_id.compare(record.quantity_undecided, 0) > 0:
                record.write({"state": "open"})
                record._ask_decider(self.env._("A disposition was given up: decide on the rest."))
