from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from odoo.addons.order_review.tests.common import ReviewCommon

MANAGEMENT = "base.group_user,order_closeout.group_order_management"


class CloseoutCommon(ReviewCommon):
    """A confirmed, reviewed order; the management, and everybody who has a word in its evaluation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("order_closeout.group_order_management").user_ids = [Command.clear()]
        cls.general_manager.group_ids += cls.env.ref("order_closeout.group_order_management")
        cls.company.order_review_policy = "none"
        cls.order = cls._order(cls.special)
        cls.order.action_confirm()
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: 60.0)
        cls.outsider = cls._user("outsider", "base.group_user,order_review.group_order_review_user")

    @classmethod
    def _fulfil(cls, order):
        """Delivered, invoiced, paid."""
        for line in order.order_line:
            line.qty_delivered = line.product_uom_qty
        invoice = order._create_invoices()
        invoice.action_post()
        cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids).create({})._create_payments()
        return invoice

    @classmethod
    def _evaluation(cls, order=None):
        return cls.env["order.evaluation"]._open_for(order or cls.order).with_env(cls.env)

    def _answer_all(self, evaluation, text="All went well"):
        for answer in evaluation.answer_ids.filtered(lambda answer: answer.state == "asked"):
            mine = answer.with_user(answer.user_id)
            mine.went_wrong = text
            mine.action_acknowledge()

    def _measure(self, evaluation, **values):
        return self.env["order.evaluation.measure"].with_user(self.desk).create({
            "evaluation_id": evaluation.id, "name": "Ask for the drawing earlier", "owner_id": self.sales.id,
            "date_due": fields.Date.today() + timedelta(days=10), **values})

    def _concluded(self, **measure):
        evaluation = self._evaluation()
        measures = self._measure(evaluation, **measure)
        self._answer_all(evaluation)
        evaluation.with_user(self.general_manager).action_conclude("Ask for drawings earlier.")
        return evaluation, measures

    def _exception(self, kind="problem", user=None, **values):
        return self.env["order.exception"].with_user(user or self.sales).create({
            "order_id": self.order.id, "kind": kind, "description": "The transformer fell off the lorry",
            "solution": "Repair at the works", **values})
