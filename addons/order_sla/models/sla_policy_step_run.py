from typing import NamedTuple

from markupsafe import Markup

from odoo import models
from odoo.fields import Command
from odoo.tools import format_datetime, plaintext2html

LEVELS = {"responsible": 0, "user": 0, "manager": 1, "manager_2": 2, "general_manager": 3}


class Recipient(NamedTuple):
    user: models.BaseModel
    level: int
    reason: str | None
    args: dict


class SlaPolicyStep(models.Model):
    """Doing a step: for many clocks at once."""
    _inherit = "sla.policy.step"

    def _get_recipients(self, clocks):
        """Who is told, by clock. A level that cannot be reached goes to the next one, and the event says so."""
        return {clock: self._get_recipient(clock) for clock in clocks}

    def _get_recipient(self, clock):
        self.ensure_one()
        user, skipped = self._find_user(clock)
        args = {"to": user.name or ""}
        if skipped:
            args["departments"] = ", ".join(skipped)
        if self.action == "server_action":
            return Recipient(user, LEVELS[self.recipient], None, args)
        reason = "no_recipient" if not user else "no_manager" if skipped else None
        return Recipient(user, LEVELS[self.recipient], reason, args)

    def _find_user(self, clock):
        """:return: (user, names of the departments whose manager could not be reached on the way)"""
        nobody = self.env["res.users"]
        if self.recipient == "user":
            return self.user_id if self.user_id.active else nobody, []
        responsible = clock.user_id if clock.user_id.active else nobody
        if self.recipient == "responsible" and responsible:
            return responsible, []
        general = clock.company_id.sla_general_manager_id
        general = general if general.active else nobody
        if self.recipient == "general_manager" and general:
            return general, []
        levels, passed = {}, []
        for department, user in clock.department_id._sla_managers():
            if not user:
                passed.append(department.name)
            elif user != responsible:
                # Telling the responsible that the responsible is late escalates nothing: that level is passed over.
                levels.setdefault(user, list(passed))
        levels = list(levels.items())
        wanted = {"responsible": 0, "manager": 0, "manager_2": 1, "general_manager": -1}[self.recipient]
        if levels and wanted < len(levels):
            return levels[wanted]
        return (general, passed) if general or not levels else levels[-1]

    def _run(self, clocks, recipients):
        """Do the step on the records of these clocks, all of one policy."""
        self.ensure_one()
        if clocks:
            getattr(self, f"_run_{self.action}")(clocks, recipients)

    def _run_activity(self, clocks, recipients):
        common = {
            "res_model_id": self.env["ir.model"]._get_id(self.model),
            "activity_type_id": (self.activity_type_id or self.env.ref("mail.mail_activity_data_todo")).id,
        }
        vals_list = [
            common | self._prepare_activity_vals(clock, recipients[clock])
            for clock in clocks if recipients[clock].user]
        # The activity is the notice; who wants an e-mail too has a step for it.
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(vals_list)

    def _prepare_activity_vals(self, clock, recipient):
        step = self.with_context(lang=recipient.user.lang)
        return {
            "res_id": clock.res_id,
            "summary": step._get_subject(clock),
            "note": step._get_body(clock, recipient),
            "date_deadline": clock._get_deadline_date(recipient.user),
            "user_id": recipient.user.id,
            "automated": True,
            "sla_clock_id": clock.id,
            "sla_for_responsible": self.recipient == "responsible",
        }

    def _run_chatter(self, clocks, recipients):
        for clock in clocks:
            recipient = recipients[clock]
            lang = recipient.user.lang or clock.company_id.partner_id.lang
            self.env[self.model].browse(clock.res_id).message_post(
                subject=self.with_context(lang=lang)._get_subject(clock),
                body=self.with_context(lang=lang)._get_body(clock, recipient),
                message_type="notification", subtype_xmlid="mail.mt_note",
                partner_ids=recipient.user.partner_id.ids)

    def _run_mail(self, clocks, recipients):
        for user, some in clocks.grouped(lambda clock: recipients[clock].user).items():
            values = {"recipient_ids": [Command.link(user.partner_id.id)]} if user else None
            self.mail_template_id.with_context(sla_clock_ids=some.ids).send_mail_batch(
                some.mapped("res_id"), email_values=values)

    def _run_server_action(self, clocks, recipients):
        res_ids = clocks.mapped("res_id")
        self.server_action_id.with_context(
            active_model=self.model, active_ids=res_ids, active_id=res_ids[0], sla_clock_ids=clocks.ids).run()

    def _get_subject(self, clock):
        return self.env._(
            "%(step)s: %(policy)s", step=self.name, policy=clock.with_env(self.env).policy_id.name)

    def _get_body(self, clock, recipient):
        """What the recipient reads: the deadline in the own time zone, who answers, what is to be done."""
        tz = recipient.user.tz or clock.calendar_id.tz or "UTC"
        lines = [self.env._(
            "Deadline %(deadline)s. Responsible: %(user)s.",
            deadline=format_datetime(self.env, clock.deadline_at, tz=tz, dt_format="short"),
            user=clock.user_id.name or self.env._("nobody"))]
        if recipient.args.get("departments"):
            lines.append(self.env._(
                "Escalated to you because no manager can be reached in %(departments)s.",
                departments=recipient.args["departments"]))
        body = Markup("<br/>").join(lines)
        return body + plaintext2html(self.note) if self.note else body
