from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PaymentCommon


@tagged("-at_install", "post_install")
class TestPaymentRevision(PaymentCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()

    def _dialog(self, user=None, order=None):
        order = order or self.order
        return Form(self.env["order.payment.revise"].with_user(user or self.manager).with_context(
            default_order_id=order.id))

    def test_agreed_plan_is_closed(self):
        """PAY-1: the plan of a confirmed order is neither written, added to, nor deleted from, by any door."""
        order, line = self.order.with_user(self.manager), self.order.payment_line_ids[0].with_user(self.manager)
        for error, door in (
            (AccessError, lambda: line.write({"percent": 20})),
            (UserError, line.unlink),
            (UserError, lambda: self.env["order.payment.line"].with_user(self.manager).create({
                "order_id": order.id, **self._line("delivery", 5)})),
            (AccessError, lambda: order.write({"payment_line_ids": [Command.update(line.id, {"days": 90})]})),
            (UserError, lambda: order.write({"payment_line_ids": [Command.delete(line.id)]})),
        ):
            with self.assertRaises(error), self.cr.savepoint():
                door()
        order.payment_term_id = self.env.ref("order_payment.payment_term_30_30_30_10")
        self.assertEqual(order.payment_line_ids.mapped("percent"), [30, 60, 10], "the term does not replace it either")

    def test_unchanged_plan_is_no_revision(self):
        """PAY-1: a dialog in which nothing was changed leaves no revision behind."""
        dialog = self._dialog()
        dialog.reason = "Customer's letter of 3 May"
        with self.assertRaisesRegex(UserError, "Nothing is changed"), self.cr.savepoint():
            dialog.save().action_confirm()
        self.assertFalse(self.order.payment_revision_ids)

    def test_revision_with_a_reason(self):
        """PAY-1: an agreed plan is replaced as a whole, with a reason; what it was is kept, and stands for good."""
        dialog = self._dialog()
        self.assertEqual(len(dialog.line_ids), 3)
        dialog.reason = "Customer's letter of 3 May"
        with dialog.line_ids.edit(1) as line:
            line.percent = 55
        self.assertIn("95 %", dialog.problem)
        with dialog.line_ids.new() as line:
            line.kind_id, line.percent = self.kinds["acceptance"], 5
        self.assertFalse(dialog.problem)
        dialog.save().action_confirm()
        self.assertEqual(self.order.payment_line_ids.mapped("amount"), [300, 550, 100, 50])
        revision = self.order.payment_revision_ids
        self.assertRecordValues(revision, [{"number": 1, "user_id": self.manager.id}])
        self.assertIn("60 %", revision.before)
        self.assertIn("55 %", revision.after)
        self.assertIn("letter of 3 May", self.order.message_ids[0].body)
        with self.assertRaises(UserError):
            revision.sudo().reason = "Another one"
        with self.assertRaises(AccessError):
            revision.with_user(self.manager).unlink()

    def test_revision_is_checked(self):
        """PAY-1: no reason, 95 %, a salesperson without the right: refused, and nothing is changed."""
        dialog = self._dialog()
        dialog.reason = "..."
        with self.assertRaisesRegex(UserError, "Give the reason"):
            dialog.save().action_confirm()
        dialog.reason = "Agreed by telephone"
        with dialog.line_ids.edit(1) as line:
            line.percent = 55
        with self.assertRaisesRegex(UserError, "comes to 95 %"), self.cr.savepoint():
            dialog.save().action_confirm()
        with self.assertRaises(AccessError):
            self._dialog(self.sales)
        self.assertEqual(self.order.payment_line_ids.mapped("percent"), [30, 60, 10])

    def test_invoiced_line_is_not_revised(self):
        """PAY-1: what is invoiced stays in the plan as it is; the others are revised around it."""
        self._age(self.order, 10)
        self.order.payment_line_ids[0].action_invoice()
        wizard = self.env["order.payment.revise"].with_user(self.manager).create({
            "order_id": self.order.id, "reason": "Agreed by telephone"})
        self.assertEqual(wizard.line_ids.mapped("is_fixed"), [True, False, False])
        wizard.line_ids[0].percent, wizard.line_ids[1].percent = 20, 70
        with self.assertRaisesRegex(UserError, "is invoiced and stays"), self.cr.savepoint():
            wizard.action_confirm()
        wizard.line_ids[0].percent, wizard.line_ids[1].percent = 30, 50
        wizard.line_ids[2].percent = 20
        wizard.action_confirm()
        self.assertEqual(self.order.payment_line_ids.mapped("amount"), [300, 500, 200])

    def test_plan_for_an_order_without_one(self):
        """PAY-1: a confirmed order gets its first plan by the same door; a quotation is changed directly."""
        order = self._order(payment_term_id=False)
        dialog = self._dialog(order=order)
        dialog.reason = "Forgotten at the beginning"
        with dialog.line_ids.new() as line:
            line.kind_id, line.percent = self.kinds["delivery"], 100
        dialog.save().action_confirm()
        self.assertEqual(order.payment_line_ids.mapped("amount"), [1000])
        draft = self._order(confirm=False)
        dialog = self._dialog(order=draft)
        dialog.reason = "Too early for this"
        with self.assertRaisesRegex(UserError, "change its payment plan directly"):
            dialog.save().action_confirm()

    def test_chosen_kind_proposes_its_event(self):
        """PAY-1: a row of the dialog takes the event that goes with the kind, not always *Delivered*; what is chosen
        after it stays."""
        dialog = self._dialog()
        for kind, event in (("down_payment", "signed"), ("before_delivery", "ready"), ("retention", "warranty")):
            with dialog.line_ids.new() as line:
                line.kind_id, line.percent = self.kinds[kind], 5
                self.assertEqual(line.event, event)
        with dialog.line_ids.edit(5) as line:
            line.event = "accepted"
        dialog.reason = "Letter of 3 May"
        with dialog.line_ids.edit(1) as line:
            line.percent = 45
        dialog.save().action_confirm()
        self.assertEqual(self.order.payment_line_ids.sorted("id").mapped("event")[3:], ["signed", "ready", "accepted"])

    def test_line_of_another_order(self):
        """PAY-1: the dialog replaces no lines of another order."""
        other = self._order()
        wizard = self.env["order.payment.revise"].with_user(self.manager).create({
            "order_id": self.order.id, "reason": "Agreed by telephone"})
        wizard.line_ids[0].line_id = other.payment_line_ids[0]
        with self.assertRaisesRegex(UserError, "is no payment of"):
            wizard.action_confirm()
