from datetime import timedelta
from types import SimpleNamespace

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.order_sla.kernel.limits import shifted
from odoo.addons.order_sla.tools.moments import to_datetime, to_moment
from odoo.addons.order_sla.tools.times import Times

from .delivery_notice import DESK, HEAD

NOTICE = "order_delivery.mail_activity_type_notice"
MISSING = "order_delivery.mail_activity_type_missing"
#: How far ahead transfers are looked at: no holidays are longer.
FAR = timedelta(days=30)
#: The day ahead is a working day.
WORKING = SimpleNamespace(time_kind="working")


class StockPicking(models.Model):
    """A transfer to a customer leaves by its delivery notice (DLV-1)."""

    _name = "stock.picking"
    _inherit = ["stock.picking", "document.fence.mixin"]

    delivery_notice_id = fields.Many2one(
        "delivery.notice", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", check_company=True)
    needs_delivery_notice = fields.Boolean(
        compute="_compute_needs_delivery_notice", export_string_translation=False)

    @api.depends("delivery_notice_id", "state", "location_dest_id", "sale_id")
    def _compute_needs_delivery_notice(self):
        for picking in self:
            picking.needs_delivery_notice = bool(
                picking.id and picking.state not in ("done", "cancel") and not picking.delivery_notice_id
                and picking.location_dest_id._is_outgoing() and picking.sale_id)

    def write(self, vals):
        if vals.keys() & {"sale_id", "reference_ids", "state"}:  # the status follows from the goods, nobody writes it
            self._check_order_stays()
        return super().write(vals)

    def action_make_delivery_notice(self):
        """One click: the notice of these transfers, one for each order (DLV-1).

        :raise AccessError: not the order desk
        :raise UserError: a transfer that has one, is done, or is of no sales order
        """
        notices = self.env["delivery.notice"]._make(self)
        return notices._get_records_action(name=self.env._("Delivery Notices"))

    def action_view_delivery_notice(self):
        """Open the notice by which the goods leave. Whoever has just validated finds its history and clocks as they
        are: what the validation left for the job is done first (DLV-3).
        """
        self.ensure_one()
        notice = self.delivery_notice_id
        notice.check_access("read")
        if late := notice.sudo().filtered("clocks_on"):  # sudo: as the job does it
            late._lock()
            late._catch_up()
        return notice._get_records_action()

    def _get_noticeable(self):
        """The transfers by their order.

        :raise UserError: one of them has a notice, is done, or goes to no customer by a sales order
        """
        for picking in self:
            if notice := picking.sudo().delivery_notice_id:  # sudo: only to say which
                raise UserError(self.env._(
                    "%(picking)s leaves by %(notice)s already.", picking=picking.name, notice=notice.name))
            if picking.state in ("done", "cancel"):
                raise UserError(self.env._("%(picking)s is done or cancelled.", picking=picking.name))
            if not picking.location_dest_id._is_outgoing() or not picking._get_sold_order():
                raise UserError(self.env._("%(picking)s brings nothing to a customer that was sold by an order.",
                                           picking=picking.name))
        if not self:
            raise UserError(self.env._("Nothing is to leave: there is no open transfer without a notice."))
        return self.grouped(lambda picking: picking._get_sold_order())

    def _get_sold_order(self):
        """The order for which the goods leave, as superuser; also where somebody has taken it off the transfer."""
        picking = self.sudo()  # sudo: the store need not read orders
        return (picking.move_ids.sale_line_id.order_id or picking.sale_id or picking.reference_ids.sale_ids)[:1]

    def _check_order_stays(self):
        """What was sold stays so: a transfer without its order would pass the gate."""
        if self.env.su:
            return
        for picking in self:
            if picking.company_id.delivery_notice_required and picking._get_sold_order():
                raise UserError(self.env._(
                    "%(picking)s delivers %(order)s: this stays so.", picking=picking.name,
                    order=picking._get_sold_order().name))

    def _check_notice_released(self):
        notice = self.delivery_notice_id
        if not notice:
            raise UserError(self.env._(
                "%(picking)s delivers %(order)s and has no delivery notice. The order desk makes one, with its button "
                "on the order.", picking=self.name, order=self._get_sold_order().name))
        if notice.state != "released":
            raise UserError(self.env._(
                "%(picking)s leaves by %(notice)s, which is not released. The order desk releases it.",
                picking=self.name, notice=notice.name))

    def _end_asking_for_rest(self):
        """What was missing has left, or is sent no more: whoever had to send it has nothing to do any more (DLV-8). Of
        what is missing again, the notice of the rest asks."""
        for former in self.backorder_id.delivery_notice_id:
            rest = former.picking_ids.backorder_ids
            if not former.activity_search([MISSING]) or not all(
                    picking.state in ("done", "cancel") for picking in rest):
                continue
            former._end_todos("missing")
            former = former.with_context(lang=former.user_id.lang)
            if sent := rest.delivery_notice_id.filtered(lambda notice: notice.state != "cancelled")[-1:]:
                former._log(former.env._("What was missing has left by %(notice)s.", notice=sent.name))
            else:
                former._log(former.env._("What was missing is not sent any more: its transfer is cancelled."))

    @api.model
    def _cron_ask_for_notices(self):
        """The order desk is asked for the notices of transfers that leave within a working day, its head where the
        time is over; who has been answered is asked no more (DLV-1).

        A time limit of each transfer would be looked at with each of its steps: this looks once an hour.
        """
        wanted = {}
        for company in self.env["res.company"].search([("delivery_notice_required", "=", True)]):
            wanted |= self._get_asked_for_notice(company)
        kind = self.env.ref(NOTICE)
        todos = self.env["mail.activity"].search(
            [("res_model", "=", self._name), ("activity_type_id", "=", kind.id)])
        over = todos.filtered(lambda todo: todo.res_id not in {picking.id for picking in wanted})
        asked = {(todo.res_id, todo.user_id.id) for todo in todos - over}
        over.unlink()
        for picking, (users, day) in wanted.items():
            for user in users.filtered(lambda user, picking=picking: (
                    (picking.id, user.id) not in asked and picking.with_user(user).has_access("read"))):
                picking.message_subscribe(user.partner_id.ids)
                picking.with_context(lang=user.lang).activity_schedule(
                    NOTICE, user_id=user.id, date_deadline=day, summary=self.with_context(lang=user.lang).env._(
                        "%(order)s leaves on %(day)s and has no delivery notice",
                        order=picking._get_sold_order().name, day=picking.company_id._get_day(picking.scheduled_date)))

    @api.model
    def _get_asked_for_notice(self, company):
        """Transfers of a company whose notice should be there by now.

        :return: dict of transfer: (res.users who are asked, day by which it should have been there)
        """
        now, desk = fields.Datetime.now(), self._get_notice_desk(company)
        head = company._get_delivery_people(HEAD)[:1]
        times, calendar, asked = Times(self.env), company.resource_calendar_id, {}
        for picking in self.search([
                ("company_id", "=", company.id), ("delivery_notice_id", "=", False), ("scheduled_date", "<", now + FAR),
                ("picking_type_code", "=", "outgoing"), ("state", "in", ("waiting", "confirmed", "assigned"))]):
            leaves = to_moment(picking.scheduled_date)
            moment, _reason = times.count(
                WORKING, calendar.id, company.id,
                lambda time, tz, leaves=leaves: shifted(time, tz, leaves, -1, "days"))
            limit = to_datetime(moment)
            if limit <= now and picking.location_dest_id._is_outgoing() and picking._get_sold_order():
                asked[picking] = desk | head if picking.scheduled_date <= now else desk, company._get_day(limit)
        return asked

    @api.model
    def _get_notice_desk(self, company):
        """Who is asked for a notice: whoever of the order desk has made the last one."""
        people = company._get_delivery_people(DESK)
        last = self.env["delivery.notice"].search(
            [("company_id", "=", company.id), ("user_id", "in", people.ids)], order="id desc", limit=1)
        return last.user_id or people[:1]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"delivery_notice_id"}
