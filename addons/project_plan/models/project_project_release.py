from odoo import fields, models
from odoo.exceptions import UserError

from .project_task import CLOSED


class ProjectProject(models.Model):
    """Releasing a master plan: a revision that stands, mailed to the departments with what changed (PLN-7)."""

    _inherit = "project.project"

    def action_release_plan(self):
        """Release the plan as it stands: the departments are told what is new to them, item by item."""
        self._release_plan()

    def action_close_plan(self):
        """The order is delivered: the plan stands as it is."""
        self._check_step("released")
        for plan in self:
            if open_items := plan._get_plan_items().filtered(lambda task: task.state not in CLOSED):
                raise UserError(self.env._(
                    "%(plan)s: not finished yet: %(items)s.", plan=plan.name,
                    items=", ".join(open_items.mapped("name"))))
        self._write_signed({"plan_state": "done"})
        self._load_changed()

    def action_cancel_plan(self):
        """The order is cancelled: nobody works by this plan any more."""
        self._check_step("draft", "released")
        self._write_signed({"plan_state": "cancelled", "is_delayed": False})
        self._load_changed()
        self._on_ended()

    def _on_ended(self):
        """Called when plans are ended before their time; for addons that know what goes on."""

    def _take_over(self, former):
        """Documents of a former plan belong to this one, as superuser: they are of all kinds."""
        for documents in self.env["project.task"]._get_document_models():
            for path in documents._plan_project_paths if former else ():
                owner, _dot, name = path.rpartition(".")
                found = documents.search([(path, "=", former.id)])
                owners = found.mapped(owner) if owner else found
                owners.filtered(lambda one, name=name: one[name] == former).write({name: self.id})

    def action_reopen_plan(self):
        """Work by the plan again."""
        self._check_step("done", "cancelled")
        for plan in self:
            plan._write_signed({"plan_state": "released" if plan.baseline_id else "draft"})
        self._reschedule()

    def _release_plan(self, reason=None, meeting=None):
        """Release a new revision of each plan.

        :param reason: why it was changed, for the departments
        :param meeting: project.plan.meeting it was agreed in; default: the last concluded one
        :return: project.plan.baseline
        :raise UserError: something is missing; the message says what
        """
        self._check_step("draft", "released")
        baselines = self.env["project.plan.baseline"]
        for plan in self:
            plan._check_releasable()
            plan._reschedule()
            if plan.baseline_id and not plan.has_unreleased_changes:
                raise UserError(self.env._(
                    "%(plan)s: nothing has changed since revision %(revision)s was released.",
                    plan=plan.name, revision=plan.plan_revision))
            baselines |= plan._make_baseline(reason, meeting or plan._get_concluded_meeting())
        baselines._tell_departments()
        return baselines

    def _make_baseline(self, reason, meeting):
        """Write the revision down, with the change of each item against the former one."""
        self.ensure_one()
        plan = self.sudo()  # sudo: the right was checked by the caller, nobody writes revisions by hand
        items, revision = plan._get_plan_items(), plan.plan_revision + 1
        baseline = plan.env["project.plan.baseline"].create({
            "name": f"{plan.name} / {revision}",
            "project_id": plan.id,
            "company_id": plan.company_id.id,
            "revision": revision,
            "released_by_id": self.env.uid,
            "released_on": fields.Datetime.now(),
            "reason": reason,
            "meeting_id": meeting.id,
            "promised_date": plan.promised_date,
            "planned_finish": plan.planned_finish,
            "line_ids": [fields.Command.create(vals) for vals in items._prepare_baseline_lines(plan.baseline_id)],
        })
        for task in items:
            task.with_context(plan_later=True).write({
                "baseline_start": task.planned_start, "baseline_finish": task.planned_finish,
                "is_item_late": False})
        plan.write({"plan_state": "released", "plan_revision": revision, "baseline_id": baseline.id})
        plan._reschedule()
        return baseline.with_env(self.env)

    def _check_step(self, *states):
        """Whether the user may take plans on from these states; they are locked from here on.

        :raise AccessError: no planner, or no right on a plan
        :raise UserError: a plan is in another state
        """
        self._check_planner()
        self.check_access("write")
        self._lock()
        self._check_plan_state(*states)

    def _check_plan_state(self, *states):
        """:raise UserError: a project is no plan, or in none of the states"""
        if others := self.filtered(lambda project: not project.is_plan):
            raise UserError(self.env._("%(project)s is no master plan.", project=others[0].name))
        self._check_state(*states, field="plan_state")

    def _check_releasable(self):
        """:raise UserError: something is missing; the message says what"""
        for plan in self:
            if problems := plan._get_plan_problems():
                raise UserError(self.env._(
                    "\"%(plan)s\" cannot be released yet:\n%(problems)s", plan=plan.name,
                    problems="\n".join(f"- {problem}" for problem in problems)))

    def _get_concluded_meeting(self):
        """The last coordination meeting about this plan whose minutes are signed."""
        return self.plan_meeting_ids.filtered(lambda meeting: meeting.state == "concluded")[:1]

    def _get_plan_problems(self):
        """What stands in the way of a release, in words (PLN-1, PLN-2)."""
        self.ensure_one()
        problems, items = [], self.plan_item_ids.filtered(lambda task: task.state != "1_canceled")
        parts = items.filtered(lambda task: not task.is_summary)
        if not items:
            problems.append(self.env._("It has no items: take them from a template, or add them."))
        if not self.promised_date:
            problems.append(self.env._("It has no promised date to plan backwards from."))
        for tasks, text in (
            (parts.filtered(lambda task: not task.plan_department_id),
             self.env._("Items without a department: %(items)s")),
            (parts.filtered(lambda task: not task.plan_user_id), self.env._("Items without a person: %(items)s")),
            (parts.filtered(lambda task: task.plan_user_id and not task.plan_user_id.active),
             self.env._("The person is archived, name somebody else: %(items)s")),
            (parts.filtered(lambda task: not task.plan_calendar_id),
             self.env._("No working hours, not even of the company, so that clock time counts: %(items)s")),
        ):
            if tasks:
                problems.append(text % {"items": ", ".join(tasks.mapped("name"))})
        if self.plan_kind == "nonregular" and not self._get_concluded_meeting():
            problems.append(self.env._(
                "A non-regular plan needs the minutes of a coordination meeting: conclude them."))
        return problems
