import base64
from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from odoo.addons.order_review.tests.common import PICTURE, ReviewCommon

APPROVER = "order_change.group_order_change_approver"


class OrderChangeCommon(ReviewCommon):
    """A confirmed, reviewed and signed order of ten units at 100, and who may approve its changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref(APPROVER).user_ids = [Command.clear()]
        cls.env.ref(APPROVER).user_ids = [Command.set(cls.general_manager.ids)]
        cls.breaker = cls._product("Vacuum breaker")
        # Clocks and mails of the review have tests of their own; here they would only take time.
        cls.env["sla.policy"].search([("code", "not like", "sla_policy_change%")]).active = False
        cls.env.ref("order_review.mail_template_review_line").unlink()
        cls.order = cls._confirmed()
        cls.row = cls.order.order_line

    @classmethod
    def _confirmed(cls, **values):
        """Reviewed, signed, confirmed."""
        order = cls._order(quantity=10, **values)
        order.with_user(cls.desk).action_request_review()
        review = order.review_id
        for line in review.line_ids:
            line.check_ids.sudo().result = "ok"
            line.with_user(line.user_id).action_agree()
        review.with_user(cls.general_manager)._conclude("accept", note="Decided.")
        order.action_confirm()
        order.with_user(cls.desk)._register_contract(
            cls._document(order, "contract", "Contract"), "Mr. Wang", fields.Date.today() - timedelta(days=1))
        return order

    @classmethod
    def _change(cls, *lines, user=None, proof=True, order=None, **values):
        """A draft of the order desk's."""
        change = cls.env["order.change"].with_user(user or cls.desk).create({
            "order_id": (order or cls.order).id, "reason": "The customer asks for it.",
            "line_ids": [Command.create(line) for line in lines], **values})
        if proof:
            cls._attach(change)
        return change

    @classmethod
    def _attach(cls, change):
        change.sudo().attachment_ids = cls.env["ir.attachment"].create({
            "name": "request.pdf", "raw": b"%PDF-1.4 please", "res_model": change._name, "res_id": change.id})

    def _quantity(self, quantity, row=None, **values):
        return {"kind": "quantity", "order_line_id": (row or self.row).id, "quantity": quantity, **values}

    def _price(self, price, row=None):
        return {"kind": "price", "order_line_id": (row or self.row).id, "price": price}

    def _new(self, quantity=1, price=500.0, product=None):
        return {"kind": "new", "product_id": (product or self.breaker).id, "quantity": quantity, "price": price}

    def _date(self, days):
        return {"kind": "date", "date": self.order._get_requested_date() + timedelta(days=days)}

    def _text(self, text="IP54", **values):
        return {"kind": "text", "text_field": "technical_requirements", "text": text, **values}

    def _approve(self, change, user=None):
        change.with_user(user or self.general_manager).action_approve()

    def _pass_review(self, change, **values):
        """The round of the change: sent, agreed to by all, concluded."""
        change.with_user(self.desk).action_request_review()
        self._agree_all(change.review_id)
        self._conclude(change.review_id, values.pop("conclusion", "accept"), note="Decided.", **values)

    def _agree_all(self, review):
        for line in review.line_ids:
            line.check_ids.sudo().result = "ok"
            line.with_user(line.user_id).action_agree()

    def _sign(self, change, answer="accepted", **values):
        change.sudo()._answer_customer(answer, "Mr. Wang", **{"signature": PICTURE, **values})

    def _record(self, change, answer="accepted", user=None, **values):
        self.env["order.change.answer"].with_user(user or self.desk).create({
            "change_id": change.id, "answer": answer, "answered_by": "Mr. Wang",
            "datas": base64.b64encode(b"%PDF-1.4 signed"), "file_name": "signed.pdf", **values}).action_record()

    def _applied(self, *lines, **values):
        """A change that went its whole way."""
        change = self._change(*lines, **values)
        change.action_assess()
        if change.level != "minor":
            self._pass_review(change)
        if change.next_step == "customer":
            self._sign(change)
        self._approve(change)
        return change

    def _todos(self, record, step):
        return record.activity_ids.filtered(
            lambda todo: todo.activity_type_id == self.env.ref(f"order_change.mail_activity_type_{step}"))
