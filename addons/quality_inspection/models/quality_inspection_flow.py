from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.document_control.models.document_control_mixin import Transition

from .sampling_words import plain


class QualityInspection(models.Model):
    """The way of an inspection up to its results: submitted, started by one inspector, paused, cancelled."""
    _inherit = "quality.inspection"
    _transitions = {
        "submit": Transition(("draft",), "pending"),
        "start": Transition(("pending",), "in_progress", groups=("quality_inspection.group_quality_user",)),
        "conclude": Transition(("in_progress",), "done", groups=("quality_inspection.group_quality_user",)),
        "cancel": Transition(
            ("draft", "pending", "in_progress"), "cancelled", groups=("quality_inspection.group_quality_manager",)),
    }

    def action_submit(self):
        """Hand drafts to quality: the goods are held and the time limit runs from now (REC-2, REC-3).

        :raise UserError: not a draft, a quantity of zero, or a lot or plan that is for another product
        """
        self.check_access("write")
        for inspection in self:
            inspection._check_transition("submit")
            inspection._check_lot_size()
            lots = inspection.lot_id | inspection.lot_ids
            if lots.product_id - inspection.product_id:
                raise UserError(self.env._(
                    "Inspection %(name)s: the lots belong to another product.", name=inspection.name))
            inspection._check_not_held_already(lots)
            inspection._check_plan(inspection.plan_id)
            inspection._write_transition(
                "submit", submitted_at=fields.Datetime.now(), submitted_by=self.env.uid,
                quantity_open=inspection.quantity,
                quantity_held=inspection.quantity if inspection.location_id else 0.0,
                held_lot_ids=[fields.Command.set(lots.ids)])
        self.sudo()._unreserve_held_goods()  # sudo: reservations of all documents are meant
        return True

    def action_start(self):
        """Claim the inspection and open its results (REC-3).

        Samples and lines are made now, by the released documents and the severity that the series stands at.

        :raise AccessError: another inspector has it
        :raise UserError: not submitted, a lot of zero, a plan without characteristics, or
            a class that the sampling kernel refuses
        """
        self.ensure_one()
        self._check_inspector()
        self._lock()
        if self.state == "in_progress":
            if self.inspector_id != self.env.user:
                raise AccessError(self._describe_other_inspector())
            return self._get_entry_action()
        self._check_state("pending")
        if self.inspector_id and self.inspector_id != self.env.user and not self.env.user.has_group(
                "quality_inspection.group_quality_manager"):
            raise AccessError(self.env._(
                "Inspection %(name)s is assigned to %(inspector)s.", name=self.name, inspector=self.inspector_id.name))
        self._check_startable()
        inspection = self.sudo()  # sudo: samples and lines are made by the plan, not typed
        inspection._write_transition(
            "start", inspector_id=self.env.uid, started_at=fields.Datetime.now(),
            document_ids=[fields.Command.set(inspection.plan_id.document_ids._get_released().ids)])
        if inspection._draw_skip_lot():
            inspection._accept_skipped()
            return True
        inspection._make_samples()
        return self._get_entry_action()

    def action_open_entry(self):
        """Open the results: starts a waiting inspection, shows one that is in progress or concluded."""
        self.ensure_one()
        if self.state == "pending" and self.env.user.has_group("quality_inspection.group_quality_user"):
            return self.action_start()
        self.check_access("read")
        return self._get_entry_action()

    def action_take_over(self):
        """Take an inspection from the inspector who started it; the head of quality only, logged.

        :raise UserError: the inspection is not in progress
        """
        self.ensure_one()
        self._check_manager()
        self._lock()
        self._check_state("in_progress")
        former = self.inspector_id
        self._write_signed({"inspector_id": self.env.uid, "revision": self.revision + 1})
        self.message_post(body=self.env._(
            "Taken over from %(former)s by %(user)s.", former=former.name, user=self.env.user.name))
        return self._get_entry_action()

    def action_assign_inspector(self, user_id):
        """Give a waiting inspection to an inspector; the head of quality only.

        :param user_id: id of the inspector
        :raise UserError: started already, or the user is no inspector
        """
        self._check_manager()
        user = self.env["res.users"].browse(user_id).exists()
        if not user.has_group("quality_inspection.group_quality_user"):
            raise UserError(self.env._("%(user)s is no inspector.", user=user.name or "–"))
        self._check_state("draft", "pending")
        self._write_signed({"inspector_id": user.id})
        return True

    def action_missing_documents(self, note):
        """Say which documents are missing: the time limit pauses (REC-3).

        :param note: which ones, shown to buyer and storekeeper
        :raise UserError: nothing is said, or the inspection is not open
        """
        self._check_inspector()
        if not (note or "").strip():
            raise UserError(self.env._("Say which documents are missing."))
        for inspection in self:
            inspection._check_state("pending", "in_progress")
            inspection._write_signed({"missing_documents": True, "missing_documents_note": note})
            inspection.message_post(body=self.env._("Documents are missing: %(note)s", note=note))
            inspection._notify_missing_documents()
        return True

    def action_documents_complete(self):
        """The missing documents are here, say store, quality or who was asked: the time limit runs on (REC-3)."""
        self.check_access("read")
        unasked = self.filtered(lambda inspection: not inspection.is_documents_asked)
        if unasked and not self.env.user.has_group("stock.group_stock_user"):
            unasked._check_inspector()
        for inspection in self:
            inspection._check_state("pending", "in_progress")
            inspection._write_signed({"missing_documents": False})
            # sudo: to-dos of whoever was asked
            inspection.sudo().activity_feedback(["quality_inspection.mail_activity_type_documents"])
            # sudo: the storekeeper may say so without writing inspections
            inspection.sudo().message_post(body=self.env._(
                "Documents complete, says %(user)s.", user=self.env.user.name))
        return True

    # ---- rules

    def _check_inspector(self):
        """:raise AccessError, UserError: the user is no inspector or may not see the inspection"""
        self.check_access("read")
        self._check_groups("quality_inspection.group_quality_user")

    def _check_manager(self):
        """:raise AccessError, UserError: the user is not the head of quality"""
        self.check_access("read")
        self._check_groups("quality_inspection.group_quality_manager")

    def _check_mine(self):
        """The results belong to the inspector who started."""
        self._check_inspector()
        self._check_state("in_progress")
        if self.inspector_id != self.env.user and not self.env.su:
            raise AccessError(self._describe_other_inspector())

    def _describe_other_inspector(self):
        return self.env._(
            "Inspection %(name)s is being done by %(inspector)s since %(since)s. The head of quality can take it over.",
            name=self.name, inspector=self.inspector_id.name,
            since=fields.Datetime.context_timestamp(self, self.started_at).strftime("%Y-%m-%d %H:%M")
            if self.started_at else "–")

    def _check_lot_size(self):
        if self.product_uom_id.compare(self.quantity, 0.0) <= 0:
            raise UserError(self.env._(
                "Inspection %(name)s has a quantity of zero: there is nothing to inspect.", name=self.name))

    def _check_not_held_already(self, lots):
        """:raise UserError: not so many of the goods stand in the inspection area without a document of their own"""
        if not self.location_id:
            return
        Hold = self.env["quality.hold.mixin"]
        free = Hold._get_unheld_quantity(self.product_id, lots, self.company_id, self.location_id)
        if self.product_uom_id.compare(self.quantity, free) > 0:
            documents = Hold._get_hold_documents(self.product_id, lots, self.company_id)
            raise UserError(self.env._(
                "Inspection %(name)s: in %(location)s stand %(free)s %(uom)s that nobody answers for yet. Held "
                "already: %(documents)s.", name=self.name, location=self.location_id.display_name,
                free=plain(max(free, 0.0)), uom=self.product_uom_id.name,
                documents=", ".join(document.display_name for document in documents) or "–"))

    def _check_startable(self):
        self._check_lot_size()
        # sudo: whoever inspects may see what is wrong with the plan; without one, good and bad are counted
        self.plan_id.sudo()._check_usable()

    def _get_lot_size(self):
        """Units for the sampling plan; a broken quantity, such as 12.5 kg, counts as the next whole number."""
        self.ensure_one()
        quantity = self.product_uom_id.round(self.quantity)
        return int(quantity) + (1 if quantity > int(quantity) else 0)

    def _get_entry_action(self):
        return {
            "type": "ir.actions.client",
            "tag": "quality_inspection.result_entry",
            "name": self.name,
            "context": {"active_id": self.id},
        }

    def _is_resubmitted(self):
        """Whether the lot comes again, after sorting, rework or repair; it does not count for switching (9.3.1)."""
        return bool(self.parent_id)

