from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.models.document_control_mixin import Transition

from .delivery_notice import DESK, LOGISTICS

TODOS = ("release", "ship", "tell", "receipt", "allow")


class DeliveryNotice(models.Model):
    """Made, released, shipped, signed, closed; withdrawn or not shipped as planned, with the reason (DLV-1, DLV-4)."""

    _inherit = "delivery.notice"
    _transitions = {
        "release": Transition(("draft",), "released", (DESK,)),
        "withdraw": Transition(("released",), "draft", (DESK,)),
        "delay": Transition(("released",), "released", (LOGISTICS,)),
        "tell": Transition(("shipped", "signed"), "shipped"),
        "sign": Transition(("shipped",), "signed", (LOGISTICS,)),
        "close": Transition(("signed",), "closed", (DESK,)),
        "cancel": Transition(("draft", "released"), "cancelled", (DESK,)),
    }

    date_first_planned = fields.Datetime(
        string="First Planned", readonly=True, copy=False, help="When the goods were to leave, before any delay.")
    delay_cause_id = fields.Many2one(
        "delivery.delay.cause", string="Cause of the Delay", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict", tracking=True)
    delay_reason = fields.Text(string="Why Not Shipped as Planned", readonly=True, copy=False)
    delayed_on = fields.Datetime(readonly=True, copy=False)

    def action_release(self):
        """Order store and logistics to ship: the goods are what the transfers say now (DLV-1).

        :raise AccessError: not the order desk
        :raise UserError: something stands against it; all of it is named, with who cures it
        """
        self._check_transition("release")
        notices = self.sudo()  # sudo: the goods are taken by this button only
        notices._take_goods()
        self._check_problems()
        for notice in notices:
            notice.date_first_planned = notice.date_first_planned or notice.date_planned
        self._write_transition("release", released_by=self.env.uid, released_on=fields.Datetime.now())
        for notice in notices:
            notice.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel")).write(
                {"scheduled_date": notice.date_planned})
        return True

    def action_withdraw(self, reason=None):
        """Take a released notice back, to change it.

        :param reason: why
        :raise AccessError: not the order desk
        :raise UserError: not released, no reason, or a part of it has left
        """
        self._check_transition("withdraw")
        for notice in self:
            notice._check_reason(reason)
            notice._check_nothing_left()
        self._write_transition("withdraw", released_by=False, released_on=False, **self._prepare_no_override())
        self._end_todos()
        self._log(self.env._("Withdrawn: %(reason)s", reason=reason))
        return True

    def action_cancel(self, reason=None):
        """Cancel the notice; its transfers are free for another one.

        :param reason: why
        :raise AccessError: not the order desk
        :raise UserError: no reason, or a part of it has left
        """
        self._check_transition("cancel")
        for notice in self:
            notice._check_reason(reason)
            notice._check_nothing_left()
        self._log(self.env._("Cancelled: %(reason)s", reason=reason))
        self.sudo().picking_ids.delivery_notice_id = False  # sudo: the link is the notice's
        self._end_todos()
        self._write_transition("cancel", closed_on=fields.Datetime.now(), **self._prepare_no_override())
        return True

    def action_report_delay(self, cause=None, reason=None, date_planned=None, date_arrival=None):
        """Not shipped as planned: why, when it leaves, and when it arrives (DLV-4).

        :param cause: ``delivery.delay.cause``, or its id
        :param reason: what happened
        :param date_planned: when it leaves now
        :param date_arrival: when it is expected now
        :raise AccessError: neither logistics nor order desk
        :raise UserError: not released, or one of these is missing
        """
        self._check_transition("delay")
        cause = self.env["delivery.delay.cause"].browse(getattr(cause, "id", cause) or []).exists()
        planned, arrival = fields.Datetime.to_datetime(date_planned), fields.Datetime.to_datetime(date_arrival)
        for notice in self:
            notice._check_reason(reason)
            if not cause:
                raise UserError(self.env._("%(notice)s: choose the cause.", notice=notice.name))
            if not planned or not arrival or planned < fields.Datetime.now() or arrival < planned:
                raise UserError(self.env._(
                    "%(notice)s: say when the goods leave now, from today on, and when they arrive after that.",
                    notice=notice.name))
            # sudo: the dates of the transfers follow; the store need not be his
            notice.sudo().picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel")).write(
                {"scheduled_date": planned})
        self._write_transition(
            "delay", delay_cause_id=cause.id, delay_reason=reason, delayed_on=fields.Datetime.now(),
            date_planned=planned, date_arrival=arrival)
        self._end_todos("ship")
        for notice in self:
            notice._log(self.env._("Not shipped as planned (%(cause)s): %(reason)s", cause=cause.name, reason=reason))
            notice._tell_desk(self.env._(
                "%(notice)s leaves later, and arrives on %(day)s: tell the customer", notice=notice.name,
                day=notice.company_id._get_day(arrival)))
        return True

    def action_close(self):
        """Close it for good: what was signed is filed.

        :raise AccessError: not the order desk
        :raise UserError: not signed yet
        """
        self._check_transition("close")
        for notice in self.sudo().filtered("is_to_follow"):  # sudo: what the job has not done yet
            notice._follow()
        self._write_transition("close", closed_on=fields.Datetime.now())
        self._end_todos()
        return True

    def action_say(self):
        """Open the window that asks for the reason of what the context names."""
        self.ensure_one()
        kind = self.env.context.get("delivery_say")
        titles = self.env["delivery.notice.say"]._get_selection_labels("kind")
        return {
            "type": "ir.actions.act_window", "res_model": "delivery.notice.say", "view_mode": "form", "target": "new",
            "name": titles.get(kind, self.name), "context": {"default_notice_id": self.id, "default_kind": kind},
        }

    def action_view_gate_passes(self):
        """Open the gate passes of what has left."""
        self.ensure_one()
        passes = self.env["stock.gate.pass"].search([("delivery_notice_id", "=", self.id)])
        return passes._get_records_action(name=self.env._("Gate Passes"))

    def _check_nothing_left(self):
        self.ensure_one()
        if any(line.quantity_shipped for line in self.line_ids):
            raise UserError(self.env._("%(notice)s: a part of it has left already.", notice=self.name))

    def _tell_desk(self, summary):
        """A to-do of who answers to the customer: the salesperson, else the order desk. One that is still open says
        what there is to tell now."""
        kind = "order_delivery.mail_activity_type_tell"
        for notice in self.sudo():  # sudo: to-dos of others
            if open_todo := notice.activity_search([kind]):
                open_todo.write({"summary": summary, "date_deadline": notice.company_id._get_today()})
                continue
            user = notice._get_answering_user()
            notice.message_subscribe(user.partner_id.ids)
            notice.activity_schedule(
                kind, user_id=user.id, summary=summary,
                date_deadline=notice.company_id._get_today())

    def _get_answering_user(self):
        """Who answers to the customer: the salesperson, else the order desk, else whoever of it is still there."""
        self.ensure_one()
        return (self.sales_user_id | self.user_id).filtered("active")[:1] or (
            self.company_id._get_delivery_people(DESK)[:1] or self.user_id)

    def _end_todos(self, *kinds):
        self.sudo().activity_unlink([  # sudo: to-dos of others
            f"order_delivery.mail_activity_type_{kind}" for kind in kinds or TODOS])
