from odoo import models
from odoo.exceptions import UserError

from odoo.addons.document_control.tools.entered_values import is_id


class QualityInspection(models.Model):
    """Which plan an inspection is done by: one that fits its goods, changed by the head of quality only (REC-4)."""
    _inherit = "quality.inspection"

    def action_change_plan(self, plan_id, reason):
        """Have a waiting inspection done by another plan; who, why and from which one stays on record.

        :param plan_id: id of the plan
        :param reason: why the plan that applied is not used
        :raise AccessError, UserError: not the head of quality, started already, no reason, or a plan for other goods
        """
        self._check_manager()
        if not isinstance(reason, str) or not any(sign.isalnum() for sign in reason):
            raise UserError(self.env._("Say why the plan is changed."))
        plan = self.env["quality.inspection.plan"].search([("id", "=", is_id(plan_id) and plan_id)])
        if not plan:
            raise UserError(self.env._("Choose the plan to inspect by."))
        self._lock()
        for inspection in self:
            inspection._check_state("pending")
            inspection._check_plan(plan)
            former = inspection.plan_id
            inspection._write_signed({"plan_id": plan.id})
            inspection.message_post(body=self.env._(
                "Plan changed from %(former)s to %(plan)s by %(user)s: %(reason)s", former=former.name or "–",
                plan=plan.name, user=self.env.user.name, reason=reason.strip()))
        return True

    def _check_plan(self, plan):
        """:raise UserError: the plan is for other goods, another supplier or another occasion"""
        self.ensure_one()
        if plan and not plan.sudo()._is_for(self):  # sudo: a storekeeper who submits need not read plans
            raise UserError(self.env._(
                "Plan \"%(plan)s\" is not for inspection %(name)s: it is for other products, another supplier, "
                "operation type or occasion than %(product)s (%(trigger)s).", plan=plan.sudo().name,  # sudo: as above
                name=self.name, product=self.product_id.display_name,
                trigger=self._get_selection_label("trigger")))

    def _get_fitting_plans(self):
        """Plans by which these inspections may be done, all of them."""
        plans = self.env["quality.inspection.plan"].search([("company_id", "in", self.company_id.ids)])
        return plans.filtered(lambda plan: all(plan._is_for(inspection) for inspection in self))

    def _get_picking_type(self):
        """Operation type of the transfer that brought the goods; addons that make goods know theirs."""
        return self.sudo().picking_id.picking_type_id  # sudo: only to see whether a plan is for it
