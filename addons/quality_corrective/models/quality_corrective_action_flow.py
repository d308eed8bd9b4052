from itertools import pairwise

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import is_html_empty

from odoo.addons.document_control.models.document_control_mixin import Transition

#: The steps in their order; from each the next one.
WAY = ("draft", "analysis", "action", "verification")
STEPS = dict(pairwise(WAY))


class QualityCorrectiveAction(models.Model):
    """From step to step: who takes it on, what each step asks for, who is asked (NCR-7)."""

    _inherit = "quality.corrective.action"
    _transitions = {
        **{f"to_{after}": Transition((before,), after) for before, after in STEPS.items()},
        **{f"back_to_{before}": Transition((after,), before) for before, after in STEPS.items()},
        "conclude": Transition(("verification",), "closed"),
        "cancel": Transition(WAY, "cancelled"),
    }

    def action_next(self):
        """Go to the next step, once this one is filled in (NCR-7).

        :raise AccessError: who neither leads it nor belongs to its team or to quality
        :raise UserError: what this step asks for is missing; the message names it
        """
        for action in self:
            action._check_state(*STEPS)
            action._transit(f"to_{STEPS[action.state]}")
        return True

    def action_back(self):
        """Go back one step, to mend it (NCR-7).

        :raise UserError: at the first step, or closed
        """
        former = {after: before for before, after in STEPS.items()}
        for action in self:
            action._check_state(*former)
            action._transit(f"back_to_{former[action.state]}")
        return True

    def action_effective(self, note=None):
        """Sign that it was effective: the defect did not come again; this closes it (NCR-7).

        :param note: the evidence
        :raise AccessError: the owner himself, or no inspector
        :raise UserError: not in verification, no evidence, or the check's day has not come
        """
        self._verify("effective", note)
        return True

    def action_ineffective(self, note=None):
        """Sign that it was not effective; a new corrective action follows, which this opens (NCR-7).

        :param note: the evidence
        :raise AccessError: see :meth:`action_effective`
        """
        self.ensure_one()
        self._verify("ineffective", note)
        follower = self.sudo().create(self._prepare_follower_vals())  # sudo: previous_id is closed to hands
        return follower.sudo(False)._get_records_action(name=self.env._("Corrective Action"))

    def action_cancel(self):
        """Cancel it; it stays on record.

        :raise UserError: already closed
        """
        self._transit("cancel")
        return True

    def _check_transition(self, operation):
        """Who leads takes it on, another checks its effect; a step is left once it is filled in."""
        for action in self:
            if operation == "conclude":
                action._check_verifier()
            else:
                action._check_leader()
        result = super()._check_transition(operation)
        if operation.startswith("to_"):
            self._check_filled_in()
        return result

    def _transit(self, operation, **vals):
        """Whoever has something to do at the step that is reached is asked; who had at another one, no more."""
        result = super()._transit(operation, **vals)
        for action in self.sudo():  # sudo: to-dos of others
            action.activity_unlink(["quality_corrective.mail_activity_type_effectiveness"])
            action.task_ids.activity_unlink(["quality_corrective.mail_activity_type_corrective_task"])
            if action.state == "action":
                action.task_ids.filtered(lambda task: not task.done_on)._ask()
            if action.state == "verification":
                action._ask_verifier()
        return result

    def _check_leader(self):
        self.check_access("write")
        if not self.env.su and not self._may_lead():
            raise AccessError(self.env._(
                "%(action)s: its owner, its team and quality take it on or back, or cancel it.", action=self.name))

    def _check_verifier(self):
        self.check_access("read")
        if not self._may_verify():
            raise AccessError(self.env._(
                "%(action)s: another inspector than its owner and those who carried it out checks the effect.",
                action=self.name))

    def _check_filled_in(self):
        for action in self:
            if missing := action._get_missing_fields():
                raise UserError(self.env._(
                    "%(action)s: fill in first: %(fields)s.", action=action.name,
                    fields=action._describe_fields(missing)))
            undone = action.task_ids.filtered(lambda task: not task.done_on)
            if action.state == "action" and undone:
                raise UserError(self.env._(
                    "%(action)s: these actions are not done yet: %(tasks)s.", action=action.name,
                    tasks=", ".join(undone.mapped("name"))))

    def _ask_verifier(self):
        if verifier := self._get_verifier():
            self.activity_schedule(
                "quality_corrective.mail_activity_type_effectiveness", user_id=verifier.id,
                date_deadline=self.effectiveness_check_on, summary=self.env._("Check whether the defect came again."))

    def _get_verifier(self):
        """The head of quality; where it is his own work, an inspector of its reports, else another of quality."""
        inspectors = self.env.ref("quality_inspection.group_quality_user").all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids and user.id != SUPERUSER_ID)
        asked = self.company_id._get_quality_head() | self.nonconformity_ids.inspector_id | inspectors.sorted(
            lambda user: user.has_group("base.group_system"))
        return next((user for user in asked if self.with_user(user)._may_verify()), self.env["res.users"])

    def _get_missing_fields(self):
        """Names of the fields that the present step asks for and that are empty."""
        needed = {"draft": ["owner_id", "problem"], "analysis": ["containment", "root_cause", "root_cause_method"],
                  "action": ["task_ids", "prevention", "effectiveness_check_on"]}
        return [name for name in needed.get(self.state, ()) if self._is_blank(name)]

    def _is_blank(self, name):
        value = self[name]
        return is_html_empty(value) if self._fields[name].type == "html" else not value

    def _verify(self, result, note):
        for action in self:
            action._check_transition("conclude")
            action._check_evidence(result, note)
            # sudo: the to-do is the head of quality's
            action.sudo().activity_feedback(["quality_corrective.mail_activity_type_effectiveness"])
            action._transit("conclude", effectiveness=result, effectiveness_note=note, verified_by=self.env.uid,
                            verified_on=fields.Datetime.now())

    def _check_evidence(self, result, note):
        if not (note or "").strip():
            raise UserError(self.env._("%(action)s: write the evidence of the effect.", action=self.name))
        if result == "effective" and self.effectiveness_check_on > fields.Date.context_today(self):
            raise UserError(self.env._(
                "%(action)s: its effect is checked from %(date)s on.", action=self.name,
                date=fields.Date.to_string(self.effectiveness_check_on)))

    def _prepare_follower_vals(self):
        return {
            "subject": self.subject, "company_id": self.company_id.id, "product_id": self.product_id.id,
            "partner_id": self.partner_id.id, "owner_id": self.owner_id.id, "problem": self.problem,
            "team_ids": [Command.set(self.team_ids.ids)], "previous_id": self.id,
            "nonconformity_ids": [Command.set((self.nonconformity_ids | self._get_recurrences()).ids)],
        }
