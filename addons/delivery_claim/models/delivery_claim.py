from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.order_delivery.models.delivery_notice import HEAD, LOGISTICS

FINANCE = "account.group_account_invoice"
#: What logistics completes until the claim is filed.
PAPER = {"forwarder_id", "waybill", "received_on", "description", "currency_id", "amount_other", "line_ids",
         "attachment_ids", "user_id"}
#: What logistics finds out until it is settled.
ANALYSIS = {"cause_id", "cause_text"}
#: Nothing of it is decided yet.
OPEN = ("draft", "filed", "answered")


class DeliveryClaim(models.Model):
    """索赔: goods that arrived damaged or not whole, or not at all, and what the carrier answers for (DLV-6, DLV-7)."""

    _name = "delivery.claim"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Carriage Claim"
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "delivery.claim"
    _dossier_path = "notice_id"

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    state = fields.Selection(
        [("draft", "Draft"), ("filed", "Filed"), ("answered", "Answered"), ("settled", "Settled"),
         ("closed", "Closed"), ("cancelled", "Cancelled")],
        string="Status", required=True, readonly=True, default="draft", copy=False, index=True, tracking=True)
    kind = fields.Selection(
        [("damage", "Damaged or Missing"), ("not_arrived", "Not Arrived"), ("lost", "Lost")],
        required=True, readonly=True, default="damage", index=True,
        help="Not arrived: the goods are traced with the carrier. What comes out of it is their arrival, or that they "
        "are lost, which is a claim of its own.")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="restrict")
    notice_id = fields.Many2one(
        "delivery.notice", required=True, readonly=True, index=True, ondelete="restrict", check_company=True)
    order_id = fields.Many2one(
        related="notice_id.order_id", string="Sales Order", store=True, index=True, precompute=True)
    customer_id = fields.Many2one(related="notice_id.customer_id", string="Customer", store=True, index=True,
                                  precompute=True)
    sales_user_id = fields.Many2one(
        related="notice_id.sales_user_id", string="Salesperson", store=True, index="btree_not_null")
    user_id = fields.Many2one(
        "res.users", string="Responsible", required=True, index=True, ondelete="restrict", tracking=True,
        domain="[('share', '=', False)]", help="Who of logistics leads the claim and finds the cause.")
    crate_ids = fields.Many2many(
        "delivery.crate", "delivery_claim_crate_rel", string="Crates", readonly=True, copy=False)
    line_ids = fields.One2many("delivery.claim.line", "claim_id", string="Goods", copy=False)

    forwarder_id = fields.Many2one(
        "res.partner", string="Carrier", index="btree_not_null", ondelete="restrict", tracking=True,
        help="Against whom it is claimed: the carrier, or whoever insures the transport.")
    waybill = fields.Char(string="Waybill / Tracking")
    report_text = fields.Text(
        string="Report of the Site", readonly=True, copy=False, help="What the site wrote on the pages of the crates.")
    description = fields.Text(string="What Happened", help="What logistics adds to the report of the site.")
    received_on = fields.Date(
        string="Received", tracking=True,
        help="When the consignee received the goods, or when they were to arrive: the carrier's period counts from it.")
    notice_days = fields.Integer(
        string="Carrier's Period (Days)", compute="_compute_notice_days", store=True, aggregator=None,
        help="Days after the receipt within which the carrier takes a claim.")
    notice_until = fields.Date(
        string="File Until", compute="_compute_notice_until", store=True, index="btree_not_null",
        help="The last day on which the carrier takes the claim.")
    days_left = fields.Integer(
        compute="_compute_days_left", aggregator=None, help="Calendar days until the carrier's period is over.")
    filed_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    filed_on = fields.Datetime(string="Filed", readonly=True, copy=False, tracking=True)
    late_reason = fields.Text(string="Why Filed Late", readonly=True, copy=False)
    answered_on = fields.Datetime(string="Answered on", readonly=True, copy=False)
    answer_text = fields.Text(string="Answer of the Carrier", readonly=True, copy=False)
    settled_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    settled_on = fields.Datetime(string="Settled on", readonly=True, copy=False, index="btree_not_null")
    closed_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    closed_on = fields.Datetime(readonly=True, copy=False)
    cause_id = fields.Many2one(
        "delivery.claim.cause", index="btree_not_null", ondelete="restrict", tracking=True)
    cause_text = fields.Text(string="Cause in Words", help="What was found out, and what is done about it.")
    attachment_ids = fields.Many2many(
        "ir.attachment", "delivery_claim_attachment_rel", string="Papers", copy=False,
        help="The waybill, the driver's record, what the carrier writes.")
    photo_ids = fields.Many2many("ir.attachment", string="Photos", compute="_compute_photo_ids")
    can_edit = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_analyse = fields.Boolean(compute="_compute_can", export_string_translation=False)

    @api.depends("forwarder_id", "notice_id")
    def _compute_notice_days(self):
        for claim in self:
            claim.notice_days = self.env["delivery.carrier"]._get_claim_days(claim)

    @api.depends("received_on", "notice_days", "kind")
    def _compute_notice_until(self):
        for claim in self:
            claim.notice_until = (
                claim.received_on + timedelta(days=claim.notice_days)
                if claim.received_on and claim.kind != "not_arrived" else False)

    @api.depends("notice_until")
    def _compute_days_left(self):
        for claim in self:
            claim.days_left = (claim.notice_until - claim.company_id._get_today()).days if claim.notice_until else 0

    @api.depends("crate_ids.photo_ids")
    def _compute_photo_ids(self):
        for claim in self:
            claim.photo_ids = claim.crate_ids.photo_ids

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        for claim in self:
            free = claim._get_open_fields()
            claim.can_edit = "received_on" in free
            claim.can_analyse = "cause_id" in free

    def action_view_notice(self):
        """Open the delivery notice by which the goods left."""
        self.ensure_one()
        return self.notice_id._get_records_action()

    def _get_open_fields(self):
        if not self.env.user.has_group(LOGISTICS):
            return set()
        if self.state == "draft":
            return PAPER | ANALYSIS
        return ANALYSIS | {"attachment_ids", "user_id"} if self.state in OPEN else set()

    def _get_frozen_fields(self):
        if self.state in ("filed", "answered"):
            return (PAPER - {"attachment_ids", "user_id"}) | {"notice_id", "kind", "company_id", "name", "crate_ids"}
        if self.state == "settled":  # only to be closed
            return super()._get_frozen_fields() - {"state", "closed_by", "closed_on"}
        return super()._get_frozen_fields()

    def _get_living_fields(self):
        return super()._get_living_fields() | {
            "customer_id", "sales_user_id", "order_id", "days_left", "photo_ids", "can_edit", "can_analyse",
            "amount_company", "settled_company", "recovery_rate", "is_freight_held",
            "claim_ids", "notice_until", "notice_days", "amount_goods", "amount", "evidence_id", "evidence_on"}

    def _is_frozen(self):
        return self.state in ("settled", "closed", "cancelled")

    @api.model
    def _get_deciders(self):
        """Groups whose members settle, and let freight go all the same."""
        return (HEAD,)
