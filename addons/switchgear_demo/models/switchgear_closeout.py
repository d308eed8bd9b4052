from datetime import timedelta

from odoo import api, fields, models


class SwitchgearDemo(models.AbstractModel):
    """Stories of orders that are closed out, and of what went wrong on the way."""

    _inherit = "switchgear.demo"

    @api.model
    def _pay(self, name, hours_ago):
        """The customer has paid the order's invoice, all instalments."""
        with self._living(hours_ago):
            invoices = self.env["account.move"].search([("invoice_origin", "=", self._get("order", name).sudo().name)])
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoices.ids).create(
                {"amount": sum(invoices.mapped("amount_residual"))})._create_payments()

    @api.model
    def _close_out(self, name, hours_ago):
        """The evaluation opens by itself, as of the daily check."""
        with self._living(hours_ago):
            order = self._get("order", name).sudo()  # the check runs as the system
            if not order._is_fulfilled():
                raise ValueError(f"{order.name} is not delivered and paid")
            self.env["order.evaluation"]._open_for(order)

    @api.model
    def _evaluate(self, name, hours_ago, went_wrong, proposal=""):
        """The head of a department answers for it."""
        with self._living(hours_ago):
            answer = self._get_evaluation(name).sudo().answer_ids.filtered(
                lambda answer: answer.user_id == self.env.user).sudo(False)
            answer.write({"went_wrong": went_wrong, "proposal": proposal})
            answer.action_acknowledge()

    @api.model
    def _draw_measure(self, name, hours_ago, owner, days, measure, feeds=False):
        """The order desk makes a measure of a proposal."""
        with self._living(hours_ago):
            self.env["order.evaluation.measure"].create({
                "evaluation_id": self._get_evaluation(name).id, "name": measure, "feeds": feeds,
                "owner_id": self._get("user", owner).id, "date_due": fields.Date.today() + timedelta(days=days)})

    @api.model
    def _act_evaluation(self, name, hours_ago, method, *arguments):
        """Call a method of the order's evaluation."""
        self._call(hours_ago, self._get_evaluation(name), method, *arguments)

    @api.model
    def _act_measure(self, name, hours_ago, measure, method, *arguments):
        """Call a method of a measure of the order's evaluation."""
        measure = self._get_evaluation(name).measure_ids.filtered(lambda row: row.name == measure)
        self._call(hours_ago, measure, method, *arguments)

    @api.model
    def _report_exception(self, name, hours_ago, kind, description, solution):
        """Report a problem of the order."""
        with self._living(hours_ago):
            self.env["order.exception"].create({
                "order_id": self._get("order", name).id, "kind": kind, "description": description,
                "solution": solution})

    @api.model
    def _settle_exception(self, name, hours_ago, method, values, days=0):
        """The management gives resources, or calls the meeting.

        :param values: what is written; people by their logins
        """
        exception = self.env["order.exception"].search([("order_id", "=", self._get("order", name).id)])
        people = {field: self._get("user", login).id for field, login in values.items() if field == "owner_id"}
        people |= {field: [self._get("user", login).id for login in logins] for field, logins in values.items()
                   if field == "participant_ids"}
        with self._living(hours_ago):
            day = fields.Datetime.now() + timedelta(days=days)
            dated = {"date_due": day.date()} if "owner_id" in values else {"meeting_on": day.replace(hour=1, minute=0)}
            exception.write({**values, **people, **dated})
            getattr(exception, method)()

    def _get_evaluation(self, name):
        return self.env["order.evaluation"].search([("order_name", "=", self._get("order", name).sudo().name)])
