from odoo import api, fields, models

from odoo.addons.order_delivery.models.delivery_notice import LOGISTICS


class DeliveryNotice(models.Model):
    """The claims and traces of a delivery, and whether its freight is held (DLV-6, DLV-7)."""

    _inherit = "delivery.notice"

    claim_ids = fields.One2many("delivery.claim", "notice_id", string="Claims", readonly=True)
    claim_count = fields.Integer(compute="_compute_claim_count")
    is_freight_held = fields.Boolean(
        string="Freight Held", compute="_compute_is_freight_held", store=True, index=True,
        help="A claim against the carrier is open: his freight is not paid.")
    freight_bill_ids = fields.Many2many(
        "account.move", "delivery_notice_freight_bill_rel", "delivery_notice_id", "account_move_id",
        string="Freight Bills", readonly=True, copy=False)
    is_arrival_overdue = fields.Boolean(
        compute="_compute_is_arrival_overdue", search="_search_is_arrival_overdue", string="Arrival Overdue",
        help="It should have arrived, and no receipt has come back.")

    def _compute_claim_count(self):
        # sudo: how many there are is shown to whoever reads the notice
        counts = dict(self.env["delivery.claim"].sudo()._read_group(
            [("notice_id", "in", self.ids), ("state", "!=", "cancelled")], ["notice_id"], ["__count"]))
        for notice in self:
            notice.claim_count = counts.get(notice._origin, 0)

    @api.depends("claim_ids.is_freight_held")
    def _compute_is_freight_held(self):
        for notice in self:
            notice.is_freight_held = any(notice.claim_ids.mapped("is_freight_held"))

    @api.depends("state", "date_arrival")
    def _compute_is_arrival_overdue(self):
        now = fields.Datetime.now()
        for notice in self:
            notice.is_arrival_overdue = bool(
                notice.state == "shipped" and notice.date_arrival and notice.date_arrival < now)

    def _search_is_arrival_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = fields.Domain([("state", "=", "shipped"), ("date_arrival", "<", fields.Datetime.now())])
        return (domain if True in value else fields.Domain.FALSE) | (
            ~domain if False in value else fields.Domain.FALSE)

    def action_make_claim(self):
        """One click: the claim for what the site has reported, else for all that is in no claim yet (DLV-7).

        :raise AccessError: not logistics
        :raise UserError: it has not left, or all of it is in a claim
        """
        self.ensure_one()
        self._check_groups(LOGISTICS)
        return self.env["delivery.claim"]._make(self)._get_records_action()

    def action_trace(self):
        """One click: the goods have not arrived; they are traced with the carrier (DLV-6).

        :raise AccessError: neither logistics nor the salesperson
        :raise UserError: it has not left, or is signed for, or is traced already
        """
        self.ensure_one()
        self.check_access("read")
        if self.sales_user_id != self.env.user:
            self._check_groups(LOGISTICS)
        return self.env["delivery.claim"]._make(self, "not_arrived")._get_records_action()

    def action_view_claims(self):
        """Open the claims and traces of this delivery."""
        self.ensure_one()
        claims = self.env["delivery.claim"].search([("notice_id", "=", self.id)])
        return claims._get_records_action(name=self.env._("Claims"))

    def _write_transition(self, operation, **vals):
        """What is signed for has arrived: its traces end."""
        result = super()._write_transition(operation, **vals)
        if operation == "sign":
            self.env["delivery.claim"].sudo()._end_traces(self)  # sudo: whoever signs, the site too
        return result

    def _get_living_fields(self):
        return super()._get_living_fields() | {"claim_ids", "is_freight_held", "freight_bill_ids"}
