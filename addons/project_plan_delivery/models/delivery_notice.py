from datetime import timedelta

from odoo import models

SHIP = "order_delivery.mail_activity_type_ship"


class DeliveryNotice(models.Model):
    """A notice of goods for which sales has said when they leave (PLN-8, DLV-1)."""

    _inherit = "delivery.notice"

    def _take_shipping_date(self, paper):
        """Move what is not released to the day; ask the order desk about what is."""
        day = paper.shipping_date
        for notice in self.filtered(lambda notice: notice.state in ("draft", "released")):
            planned = notice.company_id._get_day(notice.date_planned)
            if planned == day:
                continue
            if notice.state == "draft":
                notice._move_to_day(day, planned)
            else:
                notice._ask_desk(day)
            notice._log(self.env._(
                "%(person)s says that the goods leave on %(day)s. %(note)s", person=paper.answered_by.name, day=day,
                note=paper.note or ""))

    def _move_to_day(self, day, planned):
        if planned:
            shift = timedelta(days=(day - planned).days)
            self.write({"date_planned": self.date_planned + shift,
                        "date_arrival": self.date_arrival and self.date_arrival + shift})
        self.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))._move_to_day(day)

    def _ask_desk(self, day):
        """A to-do of the order desk, which ends when the notice is delayed, withdrawn or shipped."""
        self.activity_unlink([SHIP])
        self.activity_schedule(
            SHIP, user_id=self.user_id.id, date_deadline=self.company_id._get_today(),
            summary=self.with_context(lang=self.user_id.lang).env._(
                "Sales says that %(notice)s leaves on %(day)s: withdraw it, or say that it is late",
                notice=self.name, day=day))
