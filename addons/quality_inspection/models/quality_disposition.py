from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from .sampling_words import plain

KINDS = [
    ("accept", "Accept"), ("concession", "Concession"), ("sort", "Sorting"), ("rework", "Rework Here"),
    ("repair", "Repair at Supplier"), ("return", "Return to Supplier"), ("scrap", "Scrap"),
    ("urgent", "Urgent Release"),
]
VERDICT_KINDS = ("accept", "urgent")
TASK_KINDS = ("sort", "rework")
PROPOSED = {
    "kind", "quantity", "lot_ids", "note", "reason", "settlement", "expected_return", "responsible_id",
    "charged_to_supplier", "hourly_cost", "price_reduction_percent", "valid_until", "concession_scope", "limited_to",
    "limited_move_ids", "limited_reference_ids", "sequence", "partner_id",
}


class QualityDisposition(models.Model):
    """One tranche of a lot and what is done with it; the tranches add up, each moves its stock (NCR-4)."""

    _name = "quality.disposition"
    _inherit = ["document.control.mixin", "document.quantity.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Disposition"
    _order = "nonconformity_id desc, inspection_id desc, sequence, id"
    _check_company_auto = True
    _mail_post_access = "read"

    sequence = fields.Integer(default=10)
    nonconformity_id = fields.Many2one(
        "quality.nonconformity", index="btree_not_null", ondelete="restrict", check_company=True)
    inspection_id = fields.Many2one(
        "quality.inspection", readonly=True, index="btree_not_null", ondelete="restrict", check_company=True)
    company_id = fields.Many2one(
        "res.company", compute="_compute_document", store=True, precompute=True, required=True, index=True,
        readonly=True)
    product_id = fields.Many2one(
        "product.product", compute="_compute_document", store=True, precompute=True, index=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Supplier", compute="_compute_document", store=True, precompute=True, readonly=False,
        index="btree_not_null", check_company=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    tracking = fields.Selection(related="product_id.tracking", string="Tracked By")
    kind = fields.Selection(KINDS, string="Disposition", required=True, index=True, tracking=True)
    quantity = fields.Float(
        digits="Product Unit", required=True, tracking=True, help="In the product's unit of measure.")
    quantity_cut = fields.Float(
        string="Given Up", digits="Product Unit", readonly=True, copy=False,
        help="Part of the decided quantity that could not be carried out, and was decided anew.")
    quantity_done = fields.Float(
        string="Carried Out", digits="Product Unit", readonly=True, copy=False,
        help="What stock moves really moved, or a re-inspection took over.")
    lot_ids = fields.Many2many(
        "stock.lot", "quality_disposition_lot_rel", "disposition_id", "lot_id", string="Lots/Serials", copy=False,
        domain="[('product_id', '=', product_id)]", check_company=True)
    state = fields.Selection(
        [("draft", "Proposed"), ("decided", "Decided"), ("in_progress", "In Progress"), ("done", "Done"),
         ("cancelled", "Cancelled")],
        string="Status", required=True, readonly=True, default="draft", copy=False, index=True, tracking=True,
        group_expand="_group_expand_state")
    decided_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    decided_on = fields.Datetime(readonly=True, copy=False)
    note = fields.Text()
    reason = fields.Char(help="Why this and not another disposition.")

    settlement = fields.Selection(
        [("credit", "Credit"), ("replacement", "Replacement")], help="What the supplier owes for returned goods.")
    expected_return = fields.Date(
        string="Expected Back", help="When the repaired goods or the replacement must be here.")
    settled_on = fields.Datetime(
        string="Settled", readonly=True, copy=False, help="When the credit note or the replacement had come.")
    responsible_id = fields.Many2one(
        "res.users", ondelete="restrict", domain="[('share', '=', False)]",
        help="Who sorts or reworks.")
    hours = fields.Float(string="Hours Spent", readonly=True, copy=False)
    currency_id = fields.Many2one(related="company_id.currency_id", string="Currency")
    hourly_cost = fields.Monetary(
        string="Cost per Hour", compute="_compute_hourly_cost", store=True, readonly=False, precompute=True)
    cost = fields.Monetary(compute="_compute_cost", store=True, help="Hours spent by cost per hour.")
    charged_to_supplier = fields.Boolean(help="The cost of sorting or rework is charged to the supplier.")
    task_done_on = fields.Datetime(string="Task Done", readonly=True, copy=False)

    price_reduction_percent = fields.Float(string="Price Reduction (%)", digits=(5, 2))
    valid_until = fields.Date(help="After this day the conceded goods may no longer be used; needs a lot or serial.")
    concession_scope = fields.Text(string="Deviation Accepted", help="Which deviation is conceded, on which condition.")
    limited_to = fields.Char(help="Orders for which the goods are conceded, as text for the papers.")
    limited_move_ids = fields.Many2many(
        "stock.move", "quality_disposition_limited_move_rel", "disposition_id", "move_id",
        string="Limited to Demands", copy=False, check_company=True)
    limited_reference_ids = fields.Many2many(
        "stock.reference", "quality_disposition_limited_reference_rel", "disposition_id", "reference_id",
        string="Limited to Orders", copy=False, help="The conceded lots may be used for these orders only.")
    limited_lot_ids = fields.Many2many(
        "stock.lot", string="Conceded Lots", compute="_compute_limited_lot_ids",
        help="Lots that may be used only within the limits of the concession.")

    without_move = fields.Boolean(
        readonly=True, copy=False, help="The goods had left the hold location already (urgent release).")
    move_ids = fields.One2many("stock.move", "quality_disposition_id", string="Stock Moves", readonly=True)
    picking_ids = fields.Many2many(
        "stock.picking", compute="_compute_picking_ids", compute_sudo=True, string="Transfers")
    picking_id = fields.Many2one(
        "stock.picking", compute="_compute_picking_ids", compute_sudo=True, string="Transfer")
    picking_count = fields.Integer(compute="_compute_picking_ids", compute_sudo=True)
    scrap_ids = fields.One2many("stock.scrap", "quality_disposition_id", string="Scraps", readonly=True)
    scrap_id = fields.Many2one("stock.scrap", compute="_compute_picking_ids", compute_sudo=True)
    gate_pass_ids = fields.One2many("stock.gate.pass", "disposition_id", string="Gate Passes", readonly=True)
    gate_pass_id = fields.Many2one(
        "stock.gate.pass", compute="_compute_gate_pass_id", compute_sudo=True)
    child_inspection_ids = fields.Many2many(
        "quality.inspection", "quality_disposition_inspection_rel", "disposition_id", "inspection_id",
        string="Re-inspections", readonly=True, copy=False)
    child_inspection_id = fields.Many2one(
        "quality.inspection", compute="_compute_gate_pass_id", compute_sudo=True, string="Re-inspection")

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "A disposition concerns more than nothing: enter its quantity.")
    _cut_within = models.Constraint(
        "CHECK(COALESCE(quantity_cut, 0) BETWEEN 0 AND quantity)", "No more than the quantity can be given up.")
    _verdict_only = models.Constraint(
        "CHECK((kind IN ('accept', 'urgent')) = (nonconformity_id IS NULL))",
        "Goods are accepted by an inspection's own verdict, never by a disposition of what was rejected.")
    _inspected = models.Constraint(
        "CHECK(kind NOT IN ('accept', 'urgent') OR inspection_id IS NOT NULL)",
        "Goods are accepted by an inspection's own verdict only.")
    _reduction_range = models.Constraint(
        "CHECK(price_reduction_percent BETWEEN 0 AND 100)", "A price reduction is between 0 and 100 %.")
    _hours_positive = models.Constraint(
        "CHECK(COALESCE(hours, 0) >= 0 AND COALESCE(hourly_cost, 0) >= 0)", "Hours and their cost cannot be negative.")
    _conceded_idx = models.Index("(company_id) WHERE kind = 'concession' AND state = 'done'")

    @api.depends("nonconformity_id.partner_id", "inspection_id")
    def _compute_document(self):
        for row in self:
            document = row.nonconformity_id or row.inspection_id
            row.company_id = document.company_id
            row.product_id = document.product_id
            row.partner_id = row.partner_id or document.partner_id

    @api.depends("company_id", "kind")
    def _compute_hourly_cost(self):
        for row in self:
            row.hourly_cost = row.hourly_cost or (row.company_id.quality_hourly_cost if row.kind in TASK_KINDS else 0.0)

    @api.depends("hours", "hourly_cost")
    def _compute_cost(self):
        for row in self:
            row.cost = (row.currency_id or self.env.company.currency_id).round(row.hours * row.hourly_cost)

    @api.depends("kind", "lot_ids", "valid_until", "limited_move_ids", "limited_reference_ids")
    def _compute_limited_lot_ids(self):
        for row in self:
            row.limited_lot_ids = row.lot_ids if row._is_limited() else False

    @api.depends("move_ids.picking_id", "scrap_ids")
    def _compute_picking_ids(self):
        for row in self:
            row.picking_ids = row.move_ids.picking_id
            row.picking_id = row.move_ids.picking_id[-1:]
            row.picking_count = len(row.move_ids.picking_id)
            row.scrap_id = row.scrap_ids[-1:]

    @api.depends("gate_pass_ids", "child_inspection_ids")
    def _compute_gate_pass_id(self):
        for row in self:
            row.gate_pass_id = row.gate_pass_ids.sorted("id")[-1:]
            row.child_inspection_id = row.child_inspection_ids.sorted("id")[-1:]

    @api.depends("nonconformity_id.name", "inspection_id.name", "kind", "quantity")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = self._get_selection_labels("kind")
        for row in self:
            row.display_name = (
                f"{row.nonconformity_id.name or row.inspection_id.name or ''} - {kinds.get(row.kind, '')} "
                f"{row.quantity:g} {row.product_uom_id.name or ''}")

    @api.constrains("kind", "valid_until", "limited_move_ids", "limited_reference_ids", "lot_ids")
    def _check_limits(self):
        for row in self:
            if row.kind == "concession" and row._is_limited() and row.tracking == "none":
                raise ValidationError(self.env._(
                    "%(product)s has no lots or serial numbers: once released it cannot be told apart, so its "
                    "concession cannot be limited to orders or a date. Name the orders in \"Limited to\" instead.",
                    product=row.product_id.display_name))

    @api.constrains("lot_ids", "quantity", "nonconformity_id")
    def _check_lots(self):
        for row in self.filtered("nonconformity_id"):
            if strange := row.lot_ids - row.nonconformity_id.lot_ids:
                raise ValidationError(self.env._(
                    "%(row)s: %(lots)s do not belong to the nonconformity.", row=row.display_name,
                    lots=", ".join(strange.mapped("name"))))
            if row.tracking == "serial" and row.lot_ids and row.product_uom_id.compare(row.quantity, len(row.lot_ids)):
                raise ValidationError(self.env._(
                    "%(row)s: %(count)s serial numbers are given for a quantity of %(quantity)s.",
                    row=row.display_name, count=len(row.lot_ids), quantity=plain(row.quantity)))

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        for row in rows:
            row._check_proposable()
        rows._check_tranches()
        return rows

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"quantity", "quantity_cut", "lot_ids", "nonconformity_id", "kind", "state"}:
            self._check_tranches()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_proposed(self):
        for row in self:
            if row.state != "draft":
                raise UserError(self.env._("%(row)s is decided and stays on record.", row=row.display_name))
            row._check_proposable()

    @api.model
    def _get_creatable_fields(self):
        """A user proposes tranches of a nonconformity; they come to be decided by their actions (NCR-4)."""
        return PROPOSED | {"nonconformity_id"}

    @api.model
    def _check_given(self, vals):
        if not self.env.su and vals.get("kind") in VERDICT_KINDS:
            raise UserError(self.env._(
                "Goods are accepted by an inspection's own verdict only. To accept the good ones of a rejected lot, "
                "have it sorted: the re-inspection accepts them."))
        return super()._check_given(vals)

    @api.model
    def _prepare_created(self, vals_list):
        """The tranche follows its report: the same inspection, and the lot unless another one is named."""
        for vals in vals_list:
            if vals.get("nonconformity_id"):
                nonconformity = self.env["quality.nonconformity"].browse(vals["nonconformity_id"])
                vals["inspection_id"] = nonconformity.sudo().inspection_id.id  # sudo: the link follows the report
                if nonconformity.tracking == "lot" and not vals.get("lot_ids"):
                    vals["lot_ids"] = [Command.set(nonconformity.lot_ids.ids)]
        return super()._prepare_created(vals_list)

    def _check_proposable(self):
        """While the review runs, and after the decision, the proposal stands still."""
        record = self.nonconformity_id
        if record and not self.env.su and record.state not in ("draft", "open"):
            raise UserError(self.env._(
                "%(document)s is in review or decided: its dispositions stand still. Withdraw the review to change "
                "them.", document=record.name))

    def _check_tranches(self):
        """The tranches never exceed the nonconformity, also when two people enter them at the same moment."""
        records = self.nonconformity_id
        records._lock()
        for record in records.sudo():  # sudo: the sum counts also what the user may not see
            rows = record.disposition_ids.filtered(lambda row: row.state != "cancelled")
            total = sum(row.quantity - row.quantity_cut for row in rows)
            if record.product_uom_id.compare(total, record.quantity) > 0:
                raise UserError(self.env._(
                    "%(document)s: the dispositions cover %(total)s %(unit)s, the nonconformity has only "
                    "%(quantity)s.", document=record.name, total=plain(total), unit=record.product_uom_id.name,
                    quantity=plain(record.quantity)))
            if record.tracking == "serial":
                record._check_serials_once(rows)

    def _is_limited(self):
        """Whether the concession limits where or how long its lots may be used."""
        self.ensure_one()
        return self.kind == "concession" and bool(
            self.valid_until or self.limited_move_ids or self.limited_reference_ids)

    def _get_open_fields(self):
        if self.state != "draft" or self.nonconformity_id.state not in ("draft", "open"):
            return set()
        if not self.env.user.has_group("quality_inspection.group_quality_user"):
            return set()
        return PROPOSED

    def _get_frozen_fields(self):
        if self.state == "draft":
            return set()
        frozen = PROPOSED - {"note"} | {"nonconformity_id", "inspection_id", "decided_by", "decided_on"}
        if self.state in ("done", "cancelled"):
            frozen |= set(self._fields) - self._get_living_fields()
        return frozen - {"expected_return"} if self.state != "cancelled" else frozen

    def _get_living_fields(self):
        return {"settled_on"}

    def _is_frozen(self):
        return self.state != "draft"
