from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

INTAKE_STATES = [("incomplete", "Incomplete"), ("complete", "Complete"), ("ready", "Ready to send")]
BEFORE_REVIEW = ("none", "returned", "outdated", "cleared")  # cleared: as a regular order, which it is not any more


class SaleOrder(models.Model):
    """The hand-over from sales to the order desk, which sends the order to review (INT-2).

    Sales hands over once; while the intake is complete the order is ready to send, and the desk's to-do and clock run.
    A change that leaves it incomplete ends both, and the order comes back to the desk as soon as it is complete again.
    """

    _inherit = "sale.order"

    handed_over_on = fields.Datetime(
        readonly=True, copy=False, help="Since when sales has nothing more to add; emptied when the order is sent.")
    handback_reason = fields.Text(
        string="Why handed back", readonly=True, copy=False, help="What the order desk asks sales to correct.")
    intake_state = fields.Selection(
        INTAKE_STATES, string="Intake", compute="_compute_intake_missing", search="_search_intake_state",
        compute_sudo=True, help="Before the review. Ready to send: complete, and handed over to the order desk.")
    is_ready_to_send = fields.Boolean(
        compute="_compute_is_ready_to_send", store=True, copy=False, export_string_translation=False)

    _handed_over = models.Index("(handed_over_on) WHERE handed_over_on IS NOT NULL")

    @api.depends(lambda self: ["review_needed", "handed_over_on", *self._get_intake_dependencies()])
    @api.depends_context("lang")
    def _compute_intake_missing(self):
        before = self.filtered(lambda order: order._is_before_review())
        missing = self.env["order.intake.check"]._get_missing_by_order(before)
        for order in self:
            order.intake_missing = "\n".join(missing.get(order, ()))
            order.intake_state = order in missing and (
                "incomplete" if missing[order] else "ready" if order.handed_over_on else "complete")

    @api.depends("handed_over_on", "intake_state")
    def _compute_is_ready_to_send(self):
        for order in self:  # what was not handed over is not looked at: orders are written all day
            order.is_ready_to_send = bool(order.handed_over_on) and order.intake_state == "ready"

    def _compute_field_value(self, field):
        result = super()._compute_field_value(field)
        if field.name == "is_ready_to_send":
            self.filtered(lambda order: order.id and order.handed_over_on)._follow_later()
        return result

    def action_hand_over(self):
        """Sales has nothing more to add: the order desk sends the order to review (INT-2).

        :raise UserError: the intake is incomplete, or the order is reviewed already
        """
        self.check_access("write")
        for order in self:
            order._check_reviewable()
            if not order._is_before_review():
                raise UserError(self.env._("%(order)s need not be sent to review.", order=order.name))
        self._hand_over()
        return True

    def action_hand_back(self):
        """Open the dialog in which the order desk says what sales is to correct."""
        return self._open_dialog(self.env._("Hand Back to Sales"), "order.review.handback")

    def _hand_over(self):
        """Hand over what waits for its review; what is incomplete is ready as soon as it is complete."""
        waiting = self.filtered(lambda order: order._is_before_review())
        waiting._write_signed({"handed_over_on": fields.Datetime.now(), "handback_reason": False})

    def _hand_back(self, reason):
        """The order desk asks sales to correct the order (INT-2, REV-7).

        :raise AccessError: not the order desk
        :raise UserError: without a reason, or not handed over
        """
        self.ensure_one()
        self._check_groups("order_review.group_order_review_desk")
        self.check_access("write")
        self.env["order.review"]._check_reason(reason, self.env._("Say what sales is to correct."))
        if not self.handed_over_on:
            raise UserError(self.env._("%(order)s was not handed over to the order desk.", order=self.name))
        self._write_signed({"handed_over_on": False, "handback_reason": reason.strip()})
        self.sudo()._return_to_sales(self.env._("Handed back to sales"), reason.strip())  # sales' to-dos

    def _is_before_review(self):
        """Whether the order has to be reviewed, and no round of it runs."""
        return self.state in ("draft", "sent") and self.review_stage in BEFORE_REVIEW and self.review_needed

    @api.model
    def _get_intake_dependencies(self):
        """Fields that the intake checklist asks for as shipped; others: ``order.intake.check._asks_for``."""
        return [
            "medium_id", "user_id", "requirement_confirmed_by", "requirement_confirmed_on", "project_manager_id",
            "order_class_reason", *self._get_scope_dependencies()]

    def _look_at_intake_anew(self):
        self.invalidate_recordset([
            "order_class_proposed", "order_class_criterion_ids", "review_needed", "intake_missing", "intake_state"])
        self.env.add_to_compute(self._fields["is_ready_to_send"], self.filtered("handed_over_on"))

    # To-dos: they follow the state, whatever door it was changed by

    def _follow_later(self):
        """Before the transaction ends: a field is being computed, this is no time to ask somebody."""
        if not self:
            return
        noted = self.env.cr.precommit.data.setdefault("order_review.handed_over", set())
        if not noted:
            self.env.cr.precommit.add(self.env["sale.order"].sudo()._follow_noted)  # sudo: to-dos of whoever is asked
        noted.update(self.ids)

    @api.model
    def _follow_noted(self):
        orders = self.browse(self.env.cr.precommit.data.pop("order_review.handed_over", ())).exists()
        orders._follow_hand_over()
        self.env.flush_all()

    def _follow_hand_over(self):
        """The desk has one to-do while the order is ready to send; sales has one when it is incomplete again."""
        ready = self.filtered("is_ready_to_send")
        incomplete = (self - ready).filtered(lambda order: order._is_before_review())
        (self - ready - incomplete).write({"handed_over_on": False})  # sent, released, cancelled
        asked = self.browse(self._search_review_activities("send").mapped("res_id"))
        (self - ready)._close_review_activities("send")
        ready._close_review_activities("intake")
        for order in ready - asked:
            if keeper := order._get_desk_user():
                order.activity_schedule(
                    "order_review.mail_activity_type_send", user_id=keeper.id, summary=order._get_todo_summary())
        for order in incomplete & asked:
            order._return_to_sales(self.env._("Incomplete again"), order.intake_missing)

    def _return_to_sales(self, title, text):
        """Tell the salesperson what he is to add or correct."""
        self._close_review_activities("send", "intake")
        self.message_post(body=plaintext2html(f"{title}:\n{text}"), subtype_xmlid="mail.mt_note")
        if keeper := self._get_keeper():
            self.activity_schedule(
                "order_review.mail_activity_type_intake", user_id=keeper.id, summary=title, note=plaintext2html(text))

    def _get_todo_summary(self):
        """Which order a to-do is about, as the person who gets it knows it."""
        return ", ".join(filter(None, (self.partner_id.display_name, self.project_name)))

    def _get_desk_user(self):
        """Who sends the order to review: the manager of the desk's department, else one of its people, else of all."""
        self.ensure_one()
        company = self.company_id
        senders = self.env.ref("order_review.group_order_review_desk").sudo().all_user_ids.filtered(
            lambda user: user.active and not user.share and company in user.company_ids)
        reviewer = self.desk_department_id._get_next_manager(company)
        people = senders.filtered(lambda user: self.desk_department_id in user.sudo().employee_ids.department_id)
        return (reviewer & senders or people or senders)[:1]
