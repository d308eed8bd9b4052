from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.document_control.tools.entered_values import check_quantity

from .quality_disposition import TASK_KINDS

TASK = "quality_inspection.mail_activity_type_disposition_task"


class QualityDisposition(models.Model):
    """Sorting and rework: a task with hours, then a re-inspection of the whole (NCR-3, NCR-4)."""

    _inherit = "quality.disposition"

    def action_task_done(self, hours=0.0, note=None):
        """Sorting or rework is done: the goods are inspected again, all of them (NCR-4).

        :param hours: working hours spent, charged by the cost per hour
        :param note: what was done
        :raise UserError: no such task, not started, or negative hours
        """
        for row in self:
            row.check_access("read")
            row._check_task_worker()
            row._check_state("in_progress")
            if row.kind not in TASK_KINDS:
                raise UserError(self.env._("%(row)s is no task in progress.", row=row.display_name))
            if check_quantity(self.env, row.display_name, hours) < 0:
                raise UserError(self.env._("%(row)s: hours spent cannot be negative.", row=row.display_name))
            done = row.sudo()  # sudo: who works need not have rights in stock
            done._lock_documents()
            done.write({"hours": hours, "task_done_on": fields.Datetime.now(), "note": note or row.note})
            done._done_task_activity()
            done._reinspect(done.quantity - done.quantity_cut, done.lot_ids)
            done._after_change()
        return True

    def _start_task(self):
        """Sorting or rework: an activity for who does it; the goods stay held (NCR-3, NCR-4)."""
        self.state = "in_progress"
        user = self._get_task_worker()
        if user:
            self.nonconformity_id.activity_schedule(TASK, user_id=user.id, summary=self.display_name,
                                                    note=self.note or "")

    def _get_task_worker(self):
        return self.responsible_id or self.nonconformity_id.leader_id

    def _done_task_activity(self):
        """The to-do of this task ends; who sorts or reworks the other goods of the report keeps his."""
        report = self.nonconformity_id
        others = (report.disposition_ids - self).filtered(
            lambda row: row.kind in TASK_KINDS and row.state == "in_progress")
        if others:
            report._done_one_activity(
                TASK, self._get_task_worker(), lambda env: self.with_context(lang=env.context["lang"]).display_name)
        else:
            report._done_activities(TASK)

    def _reinspect(self, quantity, lots):
        """What was sorted, reworked or repaired is inspected again, 100 %; the new inspection holds the goods."""
        self.ensure_one()
        Inspection = self.env["quality.inspection"]
        inspection = Inspection._create_batch([self._prepare_reinspection_vals(quantity, lots)])
        self.write({
            "child_inspection_ids": [Command.link(inspection.id)], "quantity_done": self.quantity_done + quantity})
        return inspection

    def _prepare_reinspection_vals(self, quantity, lots):
        source, record = self.inspection_id, self.nonconformity_id
        lots = lots or record.lot_ids or source.lot_id
        return self.env["quality.inspection"]._prepare_inspection_vals(
            source.plan_id or self._get_reinspection_plan(), self.product_id, quantity,
            parent_id=source.id,
            trigger=source.trigger or "manual",
            lot_id=lots.id if self.tracking == "lot" and len(lots) == 1 else False,
            lot_ids=[Command.set(lots.ids if self.tracking == "serial" else [])],
            partner_id=self.partner_id.id,
            picking_id=source.picking_id.id or record.picking_id.id,
            location_id=self._get_hold_location().id if record._is_goods_held() else False,
            company_id=self.company_id.id,
            # What who sorted says of it is what the inspector needs to know: how many are bad, and where they stand.
            note="\n".join(filter(None, (
                self.env._("After %(disposition)s", disposition=self.display_name), self.note))),
        )

    def _get_reinspection_plan(self):
        """Plan for goods that no inspection rejected: the product's own, of whatever occasion."""
        Plan = self.env["quality.inspection.plan"]
        for trigger, _name in reversed(self.env["quality.inspection.trigger"]._get_selection()):
            plan = Plan._find_plans(trigger, self.product_id).get(self.product_id.id)
            if plan:
                return plan
        return Plan

    def _check_task_worker(self):
        """Who does it and his leader report that it is done; else quality."""
        if self.env.user not in (self.responsible_id | self.nonconformity_id.leader_id):
            self._check_groups("quality_inspection.group_quality_user")
