import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.order_sla.models.sla_mixin import LATER

_logger = logging.getLogger(__name__)
BATCH = 20


class DeliveryNotice(models.Model):
    """What follows when goods have left: pass, crates, the customer is told; the job does it within a minute, so that
    neither a mail server nor a printer holds up the store (DLV-3, DLV-5, DLV-8).

    It looks each minute and is not called: the store's validation writes the notice once, and nothing else."""

    _inherit = "delivery.notice"

    is_to_follow = fields.Boolean(readonly=True, copy=False, index=True, export_string_translation=False)
    clocks_on = fields.Datetime(
        readonly=True, copy=False, export_string_translation=False,
        help="As of when its clocks are still to be looked at: nobody at the gate waits for them.")

    def _note_shipped(self, goods):
        """Write down what has left; a notice of which nothing is open any more is shipped.

        :param goods: the lines of the notices, see :meth:`_read_goods`
        """
        if not self:
            return
        shipped = self.filtered(lambda notice: all(
            move.state in ("done", "cancel") for move in notice._get_moves(goods)))
        # The row is written too: whoever withdraws the notice at the same time starts again on what has left.
        (self - shipped).write({"shipped_by": self.env.uid})
        if shipped:
            now = fields.Datetime.now()
            shipped.with_context(tracking_disable=True, sla_later=LATER).write({
                "state": "shipped", "shipped_by": self.env.uid, "shipped_on": now, "clocks_on": now,
                "is_to_follow": True})

    def _note_corrected(self, moves):
        """The store has corrected what had left.

        :raise UserError: more than the notice says, or the customer has signed for it
        """
        for notice in self.filtered(lambda notice: notice.state in ("signed", "closed")):
            if notice.line_ids.move_id & moves:
                raise UserError(self.env._(
                    "The customer has signed for the goods of %(notice)s: what left stays as it is. Take goods back by "
                    "a return, or send what is missing by another notice.", notice=notice.name))
        for line in self.line_ids.filtered(lambda line: line.move_id in moves):
            shipped = line._get_shipped()
            if line.company_id.delivery_notice_required and line.uom_id.compare(shipped, line.quantity) > 0:
                raise UserError(self.env._(
                    "%(notice)s says %(released)s %(unit)s of %(product)s, not %(quantity)s.",
                    notice=line.notice_id.name, product=line.product_id.display_name, quantity=f"{shipped:g}",
                    unit=line.uom_id.name, released=f"{line.quantity:g}"))
        strange = (moves - self.line_ids.move_id).filtered(lambda move: move._is_bound_by_notice())
        if strange:
            raise UserError(self.env._(
                "%(product)s stands on no delivery notice.", product=strange[0].product_id.display_name))

    def _sla_get_moments(self):
        return {notice.id: notice.clocks_on for notice in self if notice.clocks_on}

    def _catch_up(self):
        """What the validation has left for later: the history and the clocks, as of the moment at which it left."""
        late = self.filtered("clocks_on")
        if not late:
            return
        late._sla_evaluate_written({"state", "shipped_by", "shipped_on"})
        for person, some in late.grouped("shipped_by").items():
            some = some.with_context(lang=person.lang)
            some._log(some.env._("Shipped."), person)
        late.with_context(tracking_disable=True).clocks_on = False

    @api.model
    def _cron_follow(self):
        """Do what follows for each notice apart: one that fails does not hold up the others, and is tried again."""
        notices = self.search([("is_to_follow", "=", True)], order="id", limit=1000)
        try:
            with self.env.cr.savepoint():
                notices._catch_up()
        except Exception:  # each does so by itself below: one that fails does not hold up the others
            _logger.exception("What the validation had left for later was not done for all notices at once")
        self.env["ir.cron"]._commit_progress(remaining=len(notices))
        for notice in notices:
            # in the words of the order desk, not the system's
            notice = notice.with_company(notice.company_id).with_context(lang=notice.user_id.lang)
            try:
                with self.env.cr.savepoint():
                    notice._follow()
            except Exception:  # whatever it is: a template, a printer, an address
                _logger.exception("%s: what follows its shipment failed; it is tried again", notice.name)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _follow(self):
        """Gate pass, crates and the word to the customer; the receipt of what was signed. Twice is once."""
        self.ensure_one()
        self._lock()
        self._catch_up()
        if self.state in ("shipped", "signed"):
            self._make_gate_passes()
            self._make_crates()
            self._tell_customer()
            self._ask_for_missing()
            self.picking_ids._end_asking_for_rest()
        if self.state == "signed":
            self._file_receipt()
        self.with_context(tracking_disable=True).is_to_follow = False

    def action_follow(self):
        """Do at once what the job would do within a minute.

        :raise AccessError: neither logistics nor the store
        """
        self._check_groups("order_delivery.group_delivery_logistics", "stock.group_stock_user")
        self.check_access("read")
        for notice in self.filtered("is_to_follow"):
            notice.sudo()._follow()  # sudo: as the job does it
        return True

    def _make_gate_passes(self):
        """放行单 of each transfer that has left, as the store would ask for it (NCR-5)."""
        done = self.picking_ids.filtered(lambda picking: picking.state == "done" and not picking.gate_pass_ids.filtered(
            lambda gate: gate.delivery_notice_id and not gate.is_cancelled))
        vals_list = [self._prepare_gate_pass(picking) for picking in done]
        self.env["stock.gate.pass"].create(vals_list)

    def _prepare_gate_pass(self, picking):
        lines = {}
        for row in picking.move_line_ids.filtered("quantity"):
            key = row.product_id, row.lot_id, row.product_uom_id
            lines[key] = lines.get(key, 0.0) + row.quantity
        return {
            "reason": "delivery", "company_id": self.company_id.id, "partner_id": self.partner_id.id,
            "picking_id": picking.id, "delivery_notice_id": self.id, "vehicle": self.vehicle,
            "carrier": self.forwarder_id.name, "driver": self.driver, "requested_by": self.shipped_by.id,
            "line_ids": [fields.Command.create({
                "product_id": product.id, "lot_id": lot.id, "uom_id": unit.id, "quantity": quantity})
                for (product, lot, unit), quantity in lines.items()],
        }

    def _tell_customer(self):
        """The mail with crates and tracking; a customer without address is called (DLV-5)."""
        if self.informed_on:
            return
        whom = (self.partner_id | self.order_id.partner_id).filtered("email")[:1]
        if not whom:
            self._tell_desk(self.env._("%(notice)s has left, and the customer has no mail address: call him",
                                       notice=self.name))
            return
        template = self.env.ref("order_delivery.mail_template_shipped")
        template.send_mail(self.id, email_values={"recipient_ids": [fields.Command.link(whom.id)]},
                           email_layout_xmlid="mail.mail_notification_light")
        self.informed_on = fields.Datetime.now()
        self._end_todos("tell")  # that it leaves later is of no interest any more
        self._log(self.env._("%(customer)s was told by mail what was shipped.", customer=whom.display_name))

    def action_customer_told(self):
        """The customer was told by phone what was shipped (DLV-5).

        :raise AccessError: neither order desk nor the salesperson
        :raise UserError: not shipped
        """
        for notice in self:
            if notice.sales_user_id != self.env.user:
                notice._check_groups("order_delivery.group_delivery_desk")
        self.check_access("read")
        self._lock()
        self._check_state("shipped", "signed")
        self.filtered(lambda notice: not notice.informed_on)._write_signed({"informed_on": fields.Datetime.now()})
        self._end_todos("tell")
        self._log(self.env._("The customer was told what was shipped."))
        return True

    def _ask_for_missing(self):
        """Whoever sends later what was missing has his to-do (DLV-8)."""
        missing = self.line_ids.filtered("quantity_missing")
        if missing and self.consent_owner_id and not self.activity_search(
                ["order_delivery.mail_activity_type_missing"]):
            self.message_subscribe(self.consent_owner_id.partner_id.ids)
            self.activity_schedule(
                "order_delivery.mail_activity_type_missing", user_id=self.consent_owner_id.id,
                date_deadline=self.consent_due or self.company_id._get_today(),
                summary=self.env._("%(notice)s left without: %(goods)s", notice=self.name, goods=", ".join(
                    f"{line.product_id.display_name} {line.quantity_missing:g} {line.uom_id.name}"
                    for line in missing)))
