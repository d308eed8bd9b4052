from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

from ..tools.signature import is_drawn
from .service_visit import HEAD, STAFF


class ServiceVisit(models.Model):
    """Planned, on site, signed (AFT-3)."""

    _inherit = "service.visit"
    _transitions = {
        "plan": Transition(("draft",), "planned", (STAFF,)),
        "replan": Transition(("planned",), "draft", (STAFF,)),
        "arrive": Transition(("planned",), "under_way", (STAFF,)),
        "complete": Transition(("under_way",), "done", (STAFF,)),
        "cancel": Transition(("draft", "planned", "under_way"), "cancelled", (STAFF,)),
    }

    def action_plan(self):
        """Plan the visit: who goes, and when.

        :raise UserError: somebody or something is missing
        """
        self._transit("plan")
        self._ask_next()
        return True

    def action_replan(self):
        """It has to be planned anew."""
        self._transit("replan")
        self._ask_next()
        return True

    def action_arrive(self):
        """The technician has arrived."""
        self._arrive(fields.Datetime.now())
        return True

    def action_complete(self):
        """The customer has signed, or why he has not is written: parts leave the technician's stock, the report goes
        to the customer.

        :raise UserError: something is missing
        """
        self._complete(fields.Datetime.now())
        return True

    def action_cancel(self):
        """Cancel the visit, with the reason.

        :raise UserError: no reason
        """
        self._transit("cancel")
        self._ask_next()
        return True

    def _arrive(self, moment):
        """Arrived at that moment; the clock of the request stops."""
        self._transit("arrive", arrived_on=moment)
        for request in self.request_id.sudo():  # sudo: a further technician does not answer for the request
            if request.needs_visit and not request.on_site_on and request.state in ("contacted", "in_progress"):
                request._arrive(moment)
        self._ask_next()

    def _complete(self, moment):
        """Signed, or closed without signature, at that moment."""
        self._check_transition("complete")
        self.part_ids._hand_over()
        for visit in self:
            visit._write_transition(
                "complete", done_by=self.env.uid, done_on=moment, labor_cost=visit._get_labor_cost())
        self._seal_papers()
        unsigned = self.filtered("unsigned_why")
        for visit in (self - unsigned).filtered("kind_id.is_commissioning"):
            visit._commission(moment)
        unsigned._tell_unsigned()
        self._ask_next()
        self._send_later()

    def _get_labor_cost(self):
        """What the hours cost the company today (AFT-5)."""
        company = self.company_id.sudo()  # sudo: what an hour costs is for the head to know
        return company.currency_id.round((self.work_hours + self.travel_hours) * company.service_hour_cost)

    def _commission(self, moment):
        """What was put into operation for the first time begins its warranty."""
        day = self.company_id._get_day(moment)
        new = self.lot_ids.filtered(lambda lot: not lot.commissioned_on)
        if early := new.filtered(lambda lot: lot.delivered_on and lot.delivered_on > day):
            self.message_post(body=self.env._(
                "Commissioned before their delivery, not noted: %(lots)s", lots=", ".join(early.mapped("name"))))
        if new - early:
            (new - early)._set_commissioned(day)

    def _check_transition(self, operation):
        result = super()._check_transition(operation)
        for visit in self:
            if operation in ("arrive", "complete"):
                visit._check_technician()
            if problem := visit._get_problem(operation):
                raise UserError(problem)
        return result

    def _check_technician(self):
        """:raise AccessError: neither a technician of the visit nor the head of after-sales"""
        user = self.env.user
        if not (self.env.su or user in self._get_people() or user.has_group(HEAD)):
            raise AccessError(self.env._(
                "%(visit)s is made by %(people)s.", visit=self.name,
                people=", ".join(self._get_people().mapped("name"))))

    def _get_problem(self, operation):
        """What is missing before an operation, in words; empty where nothing is."""
        if operation == "plan":
            return self._get_plan_problem()
        if operation == "complete":
            return self._get_report_problem()
        if operation == "cancel" and not is_reason(self.cancel_reason):
            return self.env._("%(visit)s: write why it is cancelled.", visit=self.name)
        return ""

    def _get_plan_problem(self):
        if not self.partner_id:
            return self.env._("%(visit)s: name the customer.", visit=self.name)
        if not self.technician_id:
            return self.env._("%(visit)s: name the technician.", visit=self.name)
        if gone := self._get_people().filtered(lambda user: not user.active):
            return self.env._(
                "%(visit)s: %(people)s works here no more. Name another technician.", visit=self.name,
                people=", ".join(gone.mapped("name")))
        if not (self.planned_start and self.planned_end):
            return self.env._("%(visit)s: say from when to when.", visit=self.name)
        if self.kind_id.needs_ready and not self.is_site_ready:
            return self.env._(
                "%(visit)s: the customer's site is not ready. Ask sales or the customer, then tick \"Site Is Ready\".",
                visit=self.name)
        if self.request_id.sudo().state in ("closed", "cancelled"):  # sudo: whoever plans need not read it
            return self.env._("%(visit)s: its request is closed.", visit=self.name)
        return ""

    def _get_report_problem(self):
        is_absent = self.unsigned_why == "absent"  # he may have stood before a locked gate
        open_checks = self.check_ids.filtered(lambda check: check._get_problem())
        if open_checks and not is_absent:
            return self.env._(
                "%(visit)s, checklist: %(problems)s", visit=self.name,
                problems="; ".join(check._get_problem() for check in open_checks))
        if not is_reason(self.work_done):
            return self.env._("%(visit)s: write what was done.", visit=self.name)
        if not any(line.work_hours or is_absent and line.travel_hours for line in self.hours_ids):
            return self.env._("%(visit)s: enter the working hours.", visit=self.name)
        return self._get_signature_problem()

    def _get_signature_problem(self):
        """Signed with a name, or a reason why not; never both."""
        if not self.unsigned_why:
            is_signed = is_drawn(self.signature) and (self.signer or "").strip()
            return "" if is_signed else self.env._(
                "%(visit)s: the customer has not signed, or his name is missing. Where he does not sign, say why.",
                visit=self.name)
        if is_drawn(self.signature):
            return self.env._("%(visit)s is signed: take away why it is not.", visit=self.name)
        return "" if is_reason(self.unsigned_note) else self.env._(
            "%(visit)s: write what happened, e.g. who refused to sign and why.", visit=self.name)

    def _tell_unsigned(self):
        """Who answers for the request, and the head: somebody has to speak with the customer."""
        for visit in self.sudo():  # sudo: a technician does not read who answers
            desk = visit.request_id.desk_id or self.env["service.desk"].search(
                [("company_id", "=", visit.company_id.id)], limit=1)
            people = visit.request_id.user_id | desk.department_id._get_next_manager(visit.company_id)
            visit.message_post(
                body=self.env._("Closed without signature. %(why)s: %(note)s", why=visit._get_selection_label(
                    "unsigned_why"), note=visit.unsigned_note),
                partner_ids=(people - self.env.user).partner_id.ids, subtype_xmlid="mail.mt_note")

    def _seal_papers(self):
        for visit in self:
            visit._get_papers()._seal()

    def _get_papers(self):
        """Photos, papers and the signature."""
        return self.env["ir.attachment"].sudo().search([  # sudo: whoever reads the visit reads them
            "|", "&", ("res_model", "=", self._name), ("res_id", "in", self.ids),
            "&", ("res_model", "=", "service.visit.check"), ("res_id", "in", self.check_ids.ids),
            ("res_field", "in", (False, "signature"))])
