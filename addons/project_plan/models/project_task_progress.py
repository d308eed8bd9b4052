from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.progress import Progress


class ProjectTask(models.Model):
    """What has happened to an item: told by its documents, entered by hand only where there is none (PLN-11)."""

    _inherit = "project.task"

    document_count = fields.Integer(string="Documents", compute="_compute_document_count")

    def _compute_document_count(self):
        progress = self.filtered("is_plan_item")._get_document_progress()
        for task in self:
            task.document_count = len(progress[task.id].documents) if task.id in progress else 0

    def action_view_documents(self):
        """The documents that the item's progress and actual dates come from."""
        self.ensure_one()
        documents = self._get_document_progress().get(self.id, Progress()).documents
        models_ids = {}
        for model, res_id in documents:
            models_ids.setdefault(model, []).append(res_id)
        if not models_ids:
            raise UserError(self.env._(
                "%(item)s: there is no document behind it yet (\"%(rule)s\").", item=self.name,
                rule=self._get_selection_label("done_rule")))
        model, ids = next(iter(models_ids.items()))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Documents of %(item)s", item=self.name),
            "res_model": model,
            "view_mode": "list,form" if len(ids) > 1 else "form",
            "domain": [("id", "in", ids)],
            **({"res_id": ids[0]} if len(ids) == 1 else {}),
        }

    def action_mark_done(self):
        """Entered by hand: the item is finished now."""
        self.write({"plan_progress": 100})

    def action_mark_begun(self):
        """Entered by hand: the item is begun now."""
        for task in self.filtered(lambda task: not task.actual_start):
            task.actual_start = fields.Datetime.now()

    def _get_document_progress(self):
        """What the documents say about these items (see ``project.plan.document.mixin``).

        One call for many items, with a constant number of queries. An item without documents may be left out.

        :return: ``{task id: Progress}``
        """
        told = {}
        for documents in self._get_document_models():
            items = self.filtered(lambda item, rules=documents._plan_rules: item.done_rule in rules)
            if items:
                told |= documents._tell_plan(items)
        return told

    @api.model
    def _get_document_models(self):
        """The models whose documents tell about items, each as an empty recordset."""
        names = self.env.registry.descendants(["project.plan.document.mixin"], "_inherit")
        # sudo: progress follows from all documents, whoever looks at it
        return [self.env[name].sudo() for name in sorted(names) if not self.env[name]._abstract]

    def _adopt_documents(self):
        """Documents that were there before these items may belong to them."""
        for documents in self._get_document_models():
            documents._adopt_into(self)

    def _documents_changed(self):
        """Documents behind these items have moved: progress, actual dates and forecast follow (PLN-11).

        Once before the transaction ends, however many documents moved in it.
        """
        if not self:
            return
        data = self.env.cr.precommit.data
        if "project_plan.documents" not in data:
            data["project_plan.documents"] = set()
            # sudo: who moves a document need not see the plan that it belongs to
            self.env.cr.precommit.add(self.env["project.task"].sudo()._take_noted_documents)
        data["project_plan.documents"].update(self.ids)

    @api.model
    def _take_noted_documents(self):
        noted = self.env.cr.precommit.data.pop("project_plan.documents", ())
        self.browse(noted).exists()._take_document_progress()

    def _take_document_progress(self):
        """Bring progress and actual dates to what the documents say, then reschedule the plans concerned."""
        # sudo: the documents say it, whoever moved them
        tasks = self.sudo().filtered(
            lambda task: task.is_plan_item and not task.is_entered_by_hand and not task.is_summary)
        told = tasks._get_document_progress()
        changes = {}
        for task in tasks:
            vals = task._get_told_vals(told.get(task.id, Progress()))
            if vals:
                changes.setdefault(tuple(sorted(vals.items(), key=str)), []).append(task.id)
                if task.actual_finish and "actual_finish" in vals and not vals["actual_finish"]:
                    task._note_reopened()
        for vals, ids in changes.items():
            tasks.browse(ids).with_context(plan_later=True).write(dict(vals))
        if changes:
            tasks.project_id._reschedule()

    def _get_told_vals(self, told):
        """What of the item differs from what its documents say."""
        percent = min(max(told.percent, 0.0), 100.0)
        remaining = told.remaining_hours
        if remaining is None:
            remaining = self.duration_hours * (100 - percent) / 100
        finished = told.finished or False
        vals = {
            "plan_progress": round(100.0 if finished else min(percent, 99.0), 2),
            "remaining_hours": round(0.0 if finished else max(remaining, 0.0), 4),
            "actual_start": min(told.started, finished) if told.started and finished else told.started or finished,
            "actual_finish": finished,
        }
        return {name: value for name, value in vals.items()
                if (abs(value - self[name]) > 1e-4 if isinstance(value, float) else value != self[name])}

    def _note_reopened(self):
        """A document behind a finished item was cancelled: the item is open again, and everybody sees why."""
        self.message_post(body=self.env._(
            "Open again: the documents that had fulfilled \"%(rule)s\" are cancelled, or more is asked now.",
            rule=self._get_selection_label("done_rule")), subtype_xmlid="mail.mt_note")

    def _settle(self, vals):
        """After progress, actual dates or the state were written: bring the others of them to it.

        A hand entry is kept with who entered it and when.
        """
        now = fields.Datetime.now()
        hand = {"entered_by_id": self.env.uid, "entered_on": now} if not self.env.su else {}
        for task in self.sudo():  # sudo: what follows from an entry that was allowed
            follow = {} if task.is_summary else task._get_following_vals(vals, now)
            if hand and task.is_entered_by_hand and (follow or not {"plan_progress", "actual_start", "actual_finish",
                                                                   "remaining_hours"}.isdisjoint(vals)):
                follow |= hand
                if follow.get("actual_finish") or vals.get("actual_finish"):
                    task._check_predecessors_done()
            if follow:
                task.with_context(plan_later=True).write(follow)

    def _get_following_vals(self, vals, now):
        """What else is so, given what was written."""
        self.ensure_one()
        follow = {}
        if vals.get("state") == "1_done" and self.is_entered_by_hand and not self.actual_finish:
            follow |= {"plan_progress": 100.0, "actual_finish": now}
        elif vals.get("state") and vals["state"] != "1_done" and self.actual_finish and self.is_entered_by_hand:
            follow |= {"plan_progress": min(self.plan_progress, 99.0), "actual_finish": False}
        elif "plan_progress" in vals and "actual_finish" not in vals:
            if self.plan_progress >= 100 and not self.actual_finish:
                follow["actual_finish"] = now
            elif self.plan_progress < 100 and self.actual_finish:
                follow["actual_finish"] = False
        elif vals.get("actual_finish") and self.plan_progress < 100:
            follow["plan_progress"] = 100.0
        finish = follow.get("actual_finish", self.actual_finish)
        if not self.actual_start and (finish or self.plan_progress > 0):
            follow["actual_start"] = finish or now
        if finish and self.state not in ("1_done", "1_canceled"):
            follow["state"] = "1_done"
        elif not finish and self.state == "1_done":
            follow["state"] = "01_in_progress"
        return follow

    def _check_predecessors_done(self):
        """:raise UserError: somebody enters an item as finished whose predecessor is not (finish to start)"""
        self.ensure_one()
        waiting = self.link_in_ids.filtered(
            lambda link: link.kind == "fs" and link.lag_hours >= 0 and not link.predecessor_id.actual_finish
            and link.predecessor_id.state not in ("1_done", "1_canceled")).predecessor_id
        if waiting:
            raise UserError(self.env._(
                "%(item)s waits for %(others)s, which is not finished. Finish it first, or let the planner remove the "
                "link.", item=self.name, others=", ".join(waiting.mapped("name"))))
