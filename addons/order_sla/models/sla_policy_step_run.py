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
        """Who is told, by clock. A level that cannot be reached goes to the next one, and the event says so.

        Who may not open the document cannot be reached either: the message would lead nowhere.
        """
        recipients = {clock: self._get_recipient(clock) for clock in clocks}
        if self.action == "server_action":  # runs as the system, the user is only named
            return recipients
        barred, tried = {}, {}
        while closed := self._get_closed(recipients, tried):
            for clock in closed:
                barred.setdefault(clock, set()).add(recipients[clock].user)
                recipients[clock] = self._get_recipient(clock, barred[clock])
        return recipients

    def _get_closed(self, recipients, tried):
        """Clocks whose recipient may not read the document; ``tried`` remembers, one query for each new user."""
        fresh = {}
        for clock, recipient in recipients.items():
            if recipient.user and (clock, recipient.user) not in tried:
                fresh.setdefault(recipient.user, []).append(clock)
        for user, clocks in fresh.items():
            documents = self.env[self.model].browse([clock.res_id for clock in clocks]).with_user(user)
            # All of his companies: who is at work in one of them is told of the others, too.
            documents = documents.with_context(allowed_company_ids=user.company_ids.ids)
            readable = set(documents._filtered_access("read")._ids)
            tried.update({(clock, user): clock.res_id in readable for clock in clocks})
        return [clock for clock, recipient in recipients.items()
                if recipient.user and not tried[clock, recipient.user]]

    def _get_recipient(self, clock, barred=()):
        self.ensure_one()
        user, skipped = self._find_user(clock, barred)
        args = {"to": user.name or ""}
        if skipped:
            args["departments"] = ", ".join(skipped)
        if self.action == "server_action":
            return Recipient(user, LEVELS[self.recipient], None, args)
        reason = "no_recipient" if not user else "no_manager" if skipped else None
        return Recipient(user, LEVELS[self.recipient], reason, args)

    def _find_user(self, clock, barred=()):
        """:return: (user, names of the departments whose manager could not be reached on the way)"""
        nobody = self.env["res.users"]

        def reachable(user):
            return user if user.active and user not in barred else nobody

        if self.recipient == "user":
            return reachable(self.user_id), []
        responsible = clock.user_id
        if self.recipient == "responsible" and reachable(responsible):
            return responsible, []
        general = reachable(clock.company_id.sla_general_manager_id)
        if self.recipient == "general_manager" and general:
            return general, []
        levels, passed = {}, []
        for department, user in clock.department_id._get_managers(clock.company_id):
            if not reachable(user):
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
        # The activity is the notice; who wants an e-mail too has a step for it.
        Activity = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        asked = self._get_asked(clocks, recipients, common["activity_type_id"])
        vals_list = []
        for clock in clocks:
            recipient = recipients[clock]
            if not recipient.user:
                continue
            vals = self._prepare_activity_vals(clock, recipient)
            if former := asked.get((recipient.user, clock)):
                former.with_env(Activity.env).write({name: vals[name] for name in ("summary", "note", "date_deadline")})
            else:
                vals_list.append(common | vals)
        Activity.create(vals_list)

    def _get_asked(self, clocks, recipients, activity_type_id):
        """Open to-dos that ask the recipient already, by user and clock: one person is asked once for one thing."""
        activities = self.env["mail.activity"].search([
            ("res_model", "=", self.model), ("res_id", "in", clocks.mapped("res_id")),
            ("user_id", "in", [recipient.user.id for recipient in recipients.values()])], order="id desc")
        by_place = activities.grouped(lambda activity: (activity.user_id, activity.res_id))
        asked = {}
        for clock in clocks:
            user = recipients[clock].user
            for activity in by_place.get((user, clock.res_id), ()):
                if activity.sla_clock_id == clock or (
                        activity.activity_type_id.id == activity_type_id and not activity.sla_clock_id):
                    asked[user, clock] = activity
        return asked

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
