from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command

from ..tools.paper import paper


class SwitchgearDemo(models.AbstractModel):
    """Stories of master plans: released, worked off, late, planned anew.

    A plan is called by the name of its order, an item by its own.
    """

    _inherit = "switchgear.demo"

    @api.model
    def _act_plan(self, name, hours_ago, method, *arguments):
        """Call a method of the order's master plan."""
        self._call(hours_ago, self._get_plan(name), method, *arguments)

    @api.model
    def _begin_item(self, name, hours_ago, item):
        """The person who answers for an item begins it."""
        self._call(hours_ago, self._get_item(name, item), "action_mark_begun")

    @api.model
    def _report_item(self, name, hours_ago, item, percent):
        """The person who answers for an item reports its progress; finished with 100."""
        self._call(hours_ago, self._get_item(name, item), "write", {"plan_progress": percent})

    @api.model
    def _work_off(self, name, begin, *items):
        """An item after another is finished by its person, each at its hours ago; the next one begins then."""
        for item, hours_ago in items:
            self._begin_item(name, begin, item)
            self._report_item(name, hours_ago, item, 100)
            begin = hours_ago

    def _get_plan(self, name):
        # sudo: a planner need not read the order to know its plan
        plan = self._get("order", name).sudo().plan_project_id
        return plan.with_env(self.env)

    def _get_item(self, name, item):
        found = self._get_plan(name).plan_item_ids.filtered(lambda task: task.name == item)
        return found.with_user(found.plan_user_id)

    @api.model
    def _object(self, name, hours_ago, item, days, reason):
        """The department of an item objects: it needs so many days more."""
        task = self._get_item(name, item)
        with self._living(hours_ago):
            objection = self.env["project.plan.objection"].create({
                "task_id": task.id, "wanted_finish": task.planned_finish + timedelta(days=days), "reason": reason})
            objection.action_raise()

    @api.model
    def _settle_objection(self, name, hours_ago, answer):
        """The planner settles the open objection of a plan."""
        objection = self.env["project.plan.objection"].search(
            [("project_id", "=", self._get_plan(name).id), ("state", "=", "raised")])
        with self._living(hours_ago):
            objection.answer = answer
            objection.action_settle()

    @api.model
    def _wait(self, name, hours_ago, item, subject):
        """An item cannot go on until the customer answers."""
        with self._living(hours_ago):
            self.env["project.plan.wait"].create({"task_id": self._get_item(name, item).id, "subject": subject})

    @api.model
    def _fear(self, name, hours_ago, risk, values):
        """Write a risk of a plan down."""
        with self._living(hours_ago):
            self.env["project.plan.risk"].create({
                "project_id": self._get_plan(name).id, "name": risk, **values})

    @api.model
    def _propose_options(self, name, hours_ago, *kinds):
        """Work out the ways out of a missed date, and put some of them before the general manager."""
        plan = self._get_plan(name)
        with self._living(hours_ago):
            plan.action_offer_options()
            plan.plan_option_ids.filtered(lambda option: option.kind in kinds).action_propose()

    @api.model
    def _urge(self, name, hours_ago, item, kind, subject, question, days):
        """Write to the person of an item: a contact sheet, or an expedite notice with the last date."""
        task = self._get_item(name, item)
        with self._living(hours_ago):
            due = fields.Datetime.now() + timedelta(days=days)
            sheet = self.env["contact.sheet"].create({
                "kind": kind, "res_model": "project.task", "res_id": task.id, "subject": subject,
                "to_department_id": task.plan_department_id.id, "to_user_id": task.plan_user_id.id,
                "question": question, "date_due": due, "last_date": due.date() if kind == "expedite" else False})
            sheet.action_send()

    @api.model
    def _answer_sheet(self, name, hours_ago, item, answer, days):
        """The person who was asked answers, with the date by which it is solved."""
        task = self._get_item(name, item)
        sheet = self.env["contact.sheet"].search(
            [("res_model", "=", "project.task"), ("res_id", "=", task.id), ("state", "=", "sent")])
        with self._living(hours_ago):
            sheet.write({"answer": answer, "promised_date": fields.Datetime.now() + timedelta(days=days)})
            sheet.action_answer()

    @api.model
    def _turn_weeks(self, count):
        """The last closing days, each in its hour: a week closed, the next one frozen; at last to the present."""
        company, weeks = self.env.company, self.env["project.plan.week"]
        for back in range(count, -1, -1):
            with self._living_at(fields.Datetime.now() - timedelta(weeks=back)):
                weeks._turn_week(company)

    @api.model
    def _explain(self, week_back, cause, note):
        """Say of the late items of a closed week why they were."""
        week = self.env["project.plan.week"].search([("state", "=", "closed")], order="date_to desc")[week_back]
        week.line_ids.filtered("needs_cause").write({"cause_id": self.env.ref(cause).id, "cause_note": note})

    @api.model
    def _release_documents(self, name, hours_ago, kind, subject, item):
        """Release documents of an order to the departments that receive their kind."""
        order, task = self._get("order", name).sudo(), self._get_item(name, item)  # sudo: only what it is called
        with self._living(hours_ago):
            file = self.env["ir.attachment"].create({
                "name": f"{subject}.pdf", "raw": paper(subject, [order.name, order.project_name])})
            self.env["document.release"].create({
                "kind_id": self.env.ref(f"document_release.{kind}").id, "subject": subject,
                "project_number": order.name, "project_name": order.project_name, "discipline": "electrical",
                "res_model": "project.task", "res_id": task.id, "attachment_ids": [Command.set(file.ids)],
            }).action_release()

    @api.model
    def _receive_documents(self, name, hours_ago):
        """Acknowledge for one's departments what was released for an order."""
        releases = self.env["document.release"].search([
            ("project_number", "=", self._get("order", name).sudo().name), ("state", "=", "released")])
        self._call(hours_ago, releases.filtered("can_acknowledge"), "action_acknowledge")

    @api.model
    def _meet(self, name, hours_ago, people, minutes):
        """Hold a coordination meeting about a plan; its minutes are signed."""
        with self._living(hours_ago):
            self.env["project.plan.meeting"].create({
                "project_id": self._get_plan(name).id, "minutes": minutes,
                "participant_ids": [Command.set([self._get("user", person).id for person in people])],
            }).action_conclude()

    @api.model
    def _change_places(self, hours_ago, reason, days):
        """Propose that orders begin so many days later: ``{order: days}``."""
        with self._living(hours_ago):
            self.env["project.plan.resequencing"].create({"reason": reason, "line_ids": [
                Command.create({
                    "project_id": self._get_plan(name).id,
                    "new_begin": self._get_plan(name).plan_begin + timedelta(days=later)})
                for name, later in days.items()]}).action_propose()

    @api.model
    def _ask_when_shipped(self, name, hours_ago, days, note):
        """The weekly list asks sales about an order that is finished; they say that it is shipped in so many days."""
        with self._living(hours_ago):
            papers = self.env["project.plan.unshipped"]._ask_for(self.env.company)
            paper = papers.filtered(lambda paper: paper.project_id == self._get_plan(name))
            paper = paper.with_user(paper.user_id)
            paper.write({"shipping_date": fields.Date.today() + timedelta(days=days), "note": note})
            paper.action_answer()

    @api.model
    def _prepare_item(self, name, hours_ago, item, lacking=()):
        """The person of an item checks whether it can begin; what is lacking is said by subject."""
        task = self._get_item(name, item)
        with self._living(hours_ago):
            check = task.env["project.plan.preparation"].create({"task_id": task.id})
            notes = dict(lacking)
            check.write({"line_ids": [Command.update(line.id, {
                "result": "lacking" if line.subject_id.name in notes else "ready",
                "note": notes.get(line.subject_id.name)}) for line in check.line_ids]})
            check.action_sign()

    @api.model
    def _go_round(self, hours_ago, off=()):
        """The user goes round his departments; what deviates: (item, subject, what was found, countermeasure)."""
        with self._living(hours_ago):
            rounds = self.env["project.plan.round"]
            tour = rounds.browse(rounds.action_open_today()["res_id"])
            for item, subject, finding, measure in off:
                line = tour.line_ids.filtered(lambda line, item=item: line.task_id.name == item)[:1]
                line.write({subject: "off", "finding": finding, "measure": measure})
            tour.action_all_as_planned()
            tour.action_sign()
