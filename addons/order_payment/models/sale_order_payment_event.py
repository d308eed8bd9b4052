from datetime import datetime

from odoo import api, models
from odoo.exceptions import UserError

#: What has happened at the latest when something else has.
IMPLIED = {"ready": ("ready", "delivered", "accepted"), "delivered": ("delivered", "accepted")}
TOLD = ("ready", "delivered", "accepted", "warranty")


class SaleOrder(models.Model):
    """Real events that make payments due. Rooms tell them by :meth:`_payment_event`, people by a button."""

    _inherit = "sale.order"

    def action_payment_event(self):
        """Open the dialog that tells what has happened: accepted, commissioned, end of the warranty."""
        self.ensure_one()
        return self._open_payment_dialog(self.env._("Something Has Happened"), "order.payment.happened")

    def _payment_event(self, event, date, source=""):
        """An event has happened, on another day than was known, or not at all.

        The one door for rooms: a delivery is done, a cabinet commissioned. Orders without a plan take it too: the plan
        may come later.

        :param event: one of ``ready delivered accepted warranty``
        :param date: day, or moment in UTC; False takes the event back
        :param source: document that says so
        """
        if event not in TOLD:
            raise ValueError(f"no event of payments: {event}")
        Event = self.env["order.payment.event"].sudo()  # rooms and people tell it, nobody writes it
        known = {row.order_id: row for row in Event.search([("order_id", "in", self.ids), ("event", "=", event)])}
        created = []
        for order in self:
            day = order.company_id._get_day(date) if isinstance(date, datetime) else date
            row = known.get(order, Event)
            if not day:
                row.unlink()
            elif row and (row.date, row.source or "") != (day, source):
                row.write({"date": day, "source": source})
            elif not row:
                created.append({"order_id": order.id, "event": event, "date": day, "source": source})
        Event.create(created)

    def _get_event_date(self, event):
        """Day of an event in the company's time zone; False where it has not happened. Rooms may know better."""
        self.ensure_one()
        if event in ("signed", "effective"):
            return self.state == "sale" and self.company_id._get_day(self.date_order)
        days = {row.event: row.date for row in self.payment_event_ids} if self.has_payment_event else {}
        return min((days[name] for name in IMPLIED.get(event, (event,)) if name in days), default=False)

    def _get_told_events(self):
        """Events that people tell of this order; documents tell the others."""
        return TOLD

    def _tell_payment_event(self, event, date, source):
        """A person tells that something has happened.

        :raise UserError: in the future, or a document tells it
        """
        self.ensure_one()
        self._check_groups("sales_team.group_sale_salesman", "account.group_account_invoice")
        self.check_access("write")
        label = self.env["order.payment.event"]._get_selection_labels("event")[event]
        if self.state != "sale":
            raise UserError(self.env._("%(order)s is not confirmed yet.", order=self.name))
        if event not in self._get_told_events():
            raise UserError(self.env._(
                "\"%(event)s\" of %(order)s comes from its transfers.", event=label, order=self.name))
        if date and date > self.company_id._get_today() and event != "warranty":
            raise UserError(self.env._("%(date)s is in the future: tell what has happened.", date=date))
        self._payment_event(event, date, source or self.env.user.name)
        self.message_post(body=self.env._(
            "%(event)s: %(date)s (%(proof)s)", event=label, date=date or self.env._("taken back"),
            proof=source or self.env.user.name))

    @api.model
    def _get_payment_events_by_label(self):
        labels = self.env["order.payment.event"]._get_selection_labels("event")
        return [(event, label) for event, label in labels.items() if event in TOLD]
