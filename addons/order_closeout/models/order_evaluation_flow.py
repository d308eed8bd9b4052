from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.document_control.tools.reason import is_reason

CONCLUDE = "order_closeout.mail_activity_type_conclude"


class OrderEvaluation(models.Model):
    """From the order that is delivered and paid to the conclusion."""

    _inherit = "order.evaluation"

    @api.model
    def _open_for(self, orders, by=None):
        """Open the evaluations of orders that have none, and ask the departments.

        :param by: who opens them by hand
        """
        # sudo: the orders are checked by who calls; the evaluation tells the departments, in the company's language
        orders = orders.sudo().with_context(lang=orders.company_id[:1].partner_id.lang or self.env.lang)
        evaluations = self.sudo().create([
            {**vals, "opened_by": by and by.id} for vals in self._prepare_evaluations(orders)])
        self.env["order.evaluation.answer"].sudo().create([
            {"evaluation_id": evaluation.id, "department_id": department.id}
            for evaluation in evaluations for department in evaluation._get_asked_departments()])
        evaluations._ask_conclusion()  # of those that ask nobody
        return evaluations.sudo(False)

    @api.model
    def _prepare_evaluations(self, orders):
        figures, clocks = orders._get_evaluation_figures(), orders._get_evaluation_clocks()
        return [{
            "order_id": order.id, "company_id": order.company_id.id, "order_name": order.name,
            "partner_id": order.partner_id.id, "partner_name": order.partner_id.display_name,
            "project_name": order.project_name, "user_id": order.user_id.id,
            "project_manager_id": order.project_manager_id.id, "order_class": order._get_order_class(),
            "category_ids": order._get_review_lines().product_id.categ_id.ids, "currency_id": order.currency_id.id,
            "amount_total": order.amount_total, **self._prepare_dates(order), **clocks[order],
            "review_rounds": len(order.review_ids), "review_hours": sum(order.review_ids.mapped("review_hours")),
            "figures": "\n".join(f"{label}: {value}" for label, value in figures[order]),
        } for order in orders]

    @api.model
    def _prepare_dates(self, order):
        promised, delivered = order._get_requested_date(), order._get_delivered_on()
        return {
            "requested_date": order.requested_date, "promised_date": promised, "delivered_on": delivered,
            "days_late": max((delivered - promised).days, 0) if promised and delivered else 0}

    def _get_asked_departments(self):
        """Those that reviewed the order; of an order without review all that play a part in reviews."""
        departments = self.order_id.review_ids.line_ids.department_id
        if not departments:
            for role in self.env["order.review.role"].sudo().search([("active", "=", True)]):  # configuration
                departments |= role._get_department(self.company_id)
        return departments.filtered("active")

    def action_conclude(self, conclusion):
        """Conclude the evaluation: nothing of it changes any more, its measures become to-dos.

        :param conclusion: what is to be learnt
        :raise AccessError: not one's to conclude, or one's own
        :raise UserError: a department has not answered, or nothing is said
        """
        self.ensure_one()
        self._check_transition("conclude")
        if not is_reason(conclusion):
            raise UserError(self.env._(
                "%(evaluation)s: say in a few words what is to be learnt from the order.", evaluation=self.name))
        self._write_transition(
            "conclude", conclusion=conclusion, concluded_by=self.env.uid, concluded_on=fields.Datetime.now())
        self.sudo().activity_unlink([CONCLUDE])  # sudo: the to-do may be a colleague's
        self.sudo().measure_ids._begin()  # sudo: to-dos of others
        return True

    def _check_transition(self, operation):
        result = super()._check_transition(operation)
        for evaluation in self:
            if not evaluation._may_conclude(self.env.user):
                raise AccessError(self.env._(
                    "%(evaluation)s is concluded by the management or the head of the order desk, and by nobody who "
                    "sold or managed the order, opened the evaluation or answered in it.", evaluation=evaluation.name))
            if missing := evaluation.answer_ids.filtered(lambda answer: answer.state == "asked"):
                raise UserError(self.env._(
                    "%(evaluation)s: %(departments)s have not answered yet. The order desk can release them from it.",
                    evaluation=evaluation.name, departments=", ".join(missing.mapped("department_name"))))
        return result

    def action_open_conclude(self):
        """The window in which the conclusion is written."""
        self.ensure_one()
        return {
            "name": self.env._("Conclude"), "type": "ir.actions.act_window", "res_model": "order.closeout.word",
            "view_mode": "form", "target": "new",
            "context": {"default_res_model": self._name, "default_res_id": self.id, "default_operation": "conclude"},
        }

    def action_open_answer(self):
        """The answer of one's own department, to be written and signed.

        :raise UserError: one is not asked, or has answered
        """
        self.ensure_one()
        answer = self.answer_ids.filtered("can_acknowledge")[:1]
        if not answer:
            raise UserError(self.env._("%(evaluation)s: you are not asked for an answer.", evaluation=self.name))
        return answer._get_records_action(name=self.env._("Answer"))

    def action_view_order(self):
        """Open the order."""
        self.ensure_one()
        return self.order_id._get_records_action(name=self.env._("Order"))

    def action_view_dossier(self):
        """Everything that happened to the order."""
        self.ensure_one()
        return self.order_id.action_view_dossier()

    def _ask_conclusion(self):
        """Once nobody is asked any more somebody concludes; where nobody can it is said."""
        for evaluation in self.filtered(lambda evaluation: evaluation.next_step == "conclude"):
            user = evaluation._get_concluders()[:1]
            evaluation._write_signed({"responsible_id": user.id})
            if user:
                evaluation.activity_schedule(CONCLUDE, user_id=user.id, summary=evaluation._get_todo_summary())
            else:
                evaluation.message_post(body=self.env._(
                    "Nobody could be asked to conclude: there is no manager who took no part in the order."))

    def _get_todo_summary(self):
        return ", ".join(filter(None, (self.name, self.order_name, self.partner_name, self.project_name)))

    @api.model
    def _cron_open(self, limit=200):
        """Open the evaluations of orders that are delivered and paid as agreed (EVA-1)."""
        orders = self.env["sale.order"].search(self.env["sale.order"]._get_evaluable_domain(), order="id")
        ready = orders._filter_fulfilled()
        self.env["ir.cron"]._commit_progress(remaining=len(ready))
        for start in range(0, len(ready), 20):
            batch = ready[start:start + 20]
            self._open_for(batch)
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break
