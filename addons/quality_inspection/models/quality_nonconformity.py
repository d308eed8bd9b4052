from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain

from .quality_defect_code import DEFECT_CLASSES
from .sampling_words import plain

STATES = [
    ("draft", "Draft"), ("open", "Open"), ("review", "In Review"), ("decided", "Decided"), ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
SOURCES = [
    ("incoming", "Incoming"), ("process", "Shop Floor"), ("final", "Final Inspection"), ("store", "In the Store"),
    ("site", "Site"), ("other", "Other"),
]
DESCRIBED = {
    "source", "product_id", "lot_ids", "quantity", "defect_line_ids", "severity", "description", "attachment_ids",
    "partner_id", "location_id", "department_id", "leader_id", "picking_id", "own_process", "is_stocked",
}


class QualityNonconformity(models.Model):
    """不合格品报告单: what was found, who looks at it, what is done with the goods (NCR-1 to NCR-8)."""

    _name = "quality.nonconformity"
    _inherit = [
        "document.control.mixin", "quality.hold.mixin", "document.quantity.mixin", "mail.thread", "mail.activity.mixin",
        "sla.mixin"]
    _description = "Nonconformity"
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "quality.nonconformity"
    _dossier_path = ("inspection_id", "picking_id", "lot_ids")

    @api.model
    def _default_location_id(self):
        # sudo: a worker who reports has no rights on warehouses
        warehouse = self.env["stock.warehouse"].sudo().search([("company_id", "=", self.env.company.id)], limit=1)
        return warehouse.lot_stock_id

    @api.model
    def _default_source(self):
        """Where he works who reports: what the store finds on its shelves, no operator has made just now (NCR-1)."""
        user = self.env.user
        is_store = user.has_group("stock.group_stock_user") and not user.has_group(
            "quality_inspection.group_quality_user")
        return "store" if is_store else "process"

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    state = fields.Selection(
        STATES, string="Status", required=True, readonly=True, default="draft", copy=False, index=True, tracking=True,
        group_expand="_group_expand_state")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company,
        ondelete="restrict")
    source = fields.Selection(SOURCES, required=True, default=lambda self: self._default_source(), index=True)
    severity = fields.Selection(DEFECT_CLASSES, required=True, default="minor", tracking=True)
    product_id = fields.Many2one(
        "product.product", required=True, index=True, ondelete="restrict", check_company=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    tracking = fields.Selection(related="product_id.tracking", string="Tracked By")
    quantity = fields.Float(
        digits="Product Unit", required=True, default=1.0, tracking=True, help="In the product's unit of measure.")
    lot_ids = fields.Many2many(
        "stock.lot", "quality_nonconformity_lot_rel", "nonconformity_id", "lot_id", string="Lots/Serials",
        domain="[('product_id', '=', product_id)]", check_company=True)
    lot_id = fields.Many2one(
        "stock.lot", compute="_compute_lot_id", store=True, index="btree_not_null",
        help="The lot, where all of the goods are of one.")
    defect_line_ids = fields.One2many("quality.nonconformity.defect", "nonconformity_id", string="Defects", copy=True)
    defect_code_ids = fields.Many2many("quality.defect.code", compute="_compute_defect_code_ids", string="Defect Codes")
    description = fields.Text(help="What was found, where, in what condition.")
    attachment_ids = fields.Many2many(
        "ir.attachment", "quality_nonconformity_attachment_rel", "nonconformity_id", "attachment_id", string="Photos",
        bypass_search_access=True, copy=False)
    inspection_id = fields.Many2one(
        "quality.inspection", readonly=True, index="btree_not_null", ondelete="restrict", check_company=True)
    picking_id = fields.Many2one(
        "stock.picking", string="Transfer", index="btree_not_null", ondelete="set null", check_company=True)
    partner_id = fields.Many2one(
        "res.partner", string="Supplier", index="btree_not_null", ondelete="restrict", check_company=True)
    location_id = fields.Many2one(
        "stock.location", ondelete="restrict", check_company=True, default=lambda self: self._default_location_id(),
        domain="[('usage', '=', 'internal')]", help="Where the goods were found; once isolated, where they are held.")
    origin_location_id = fields.Many2one(
        "stock.location", string="Found In", readonly=True, copy=False, ondelete="restrict",
        help="Where the goods were taken from when they were isolated, and where they go when they are released.")
    department_id = fields.Many2one(
        "hr.department", string="Reported In", index="btree_not_null", ondelete="set null", check_company=True,
        compute="_compute_department_id", store=True, readonly=False, precompute=True)
    own_process = fields.Boolean(
        compute="_compute_own_process", store=True, readonly=False,
        help="Made by our own production: its operator reworks, his leader is told. Otherwise the heads settle it.")
    leader_id = fields.Many2one(
        "res.users", string="Team Leader", ondelete="set null", domain="[('share', '=', False)]",
        help="Leader of the team that made it; is told at once (own process).")
    is_stocked = fields.Boolean(
        string="In Stock", default=True,
        help="Untick it for goods that are in production or on site, out of stock: dispositions then move no stock.")

    reported_by = fields.Many2one(
        "res.users", readonly=True, copy=False, index=True, ondelete="restrict", default=lambda self: self.env.user)
    reported_at = fields.Datetime(readonly=True, copy=False, default=fields.Datetime.now)
    quantity_isolated = fields.Float(
        digits="Product Unit", readonly=True, copy=False, help="Taken out of stock into the hold location.")
    quantity_decided = fields.Float(
        digits="Product Unit", compute="_compute_quantities", store=True, help="Covered by decided dispositions.")
    quantity_undecided = fields.Float(
        digits="Product Unit", compute="_compute_quantities", store=True, string="Undecided")
    is_mine = fields.Boolean(
        compute="_compute_is_mine", search="_search_is_mine",
        help="Reported by the user or in a department of his, or it asks something of him.")

    disposition_ids = fields.One2many("quality.disposition", "nonconformity_id", string="Dispositions", copy=False)
    review_line_ids = fields.One2many("quality.review.line", "nonconformity_id", string="Material Review", copy=False)
    decided_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict", tracking=True)
    decided_on = fields.Datetime(readonly=True, copy=False)
    closed_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    closed_on = fields.Datetime(readonly=True, copy=False)

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "A nonconformity concerns more than nothing: enter its quantity.")
    _isolated_within = models.Constraint(
        "CHECK(quantity_isolated <= quantity + 0.000001)", "More was isolated than the nonconformity's quantity.")
    _held_idx = models.Index("(product_id) WHERE quantity_held > 0")
    _undecided_idx = models.Index("(company_id, state) WHERE quantity_undecided > 0")

    @api.depends("lot_ids")
    def _compute_lot_id(self):
        for record in self:
            record.lot_id = record.lot_ids if len(record.lot_ids) == 1 else False

    @api.depends("defect_line_ids.defect_code_id")
    def _compute_defect_code_ids(self):
        for record in self:
            record.defect_code_ids = record.defect_line_ids.defect_code_id

    @api.depends("reported_by")
    def _compute_department_id(self):
        for record in self:
            # sudo: employees are hidden from most users; only the department is handed out
            employee = record.reported_by.sudo().with_company(record.company_id).employee_id
            record.department_id = record.department_id or employee.department_id

    @api.depends("source", "partner_id")
    def _compute_own_process(self):
        for record in self:
            record.own_process = record.source in ("process", "final") and not record.partner_id

    @api.depends("quantity", "disposition_ids.state", "disposition_ids.quantity", "disposition_ids.quantity_cut")
    def _compute_quantities(self):
        for record in self:
            decided = record.disposition_ids.filtered(lambda row: row.state in ("decided", "in_progress", "done"))
            record.quantity_decided = sum(row.quantity - row.quantity_cut for row in decided)
            record.quantity_undecided = max(0.0, record.quantity - record.quantity_decided)

    @api.depends("reported_by", "department_id", "leader_id", "inspector_id", "review_line_ids.user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = self.filtered_domain(self._get_mine_domain())
        for record in self:
            record.is_mine = record in mine

    @api.model
    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self._get_mine_domain()
        return (mine if True in value else Domain.FALSE) | (~mine if False in value else Domain.FALSE)

    @api.model
    def _get_mine_domain(self):
        # sudo: employees are hidden from most users; these are the user's own
        employees = self.env.user.sudo().employee_ids
        departments = employees.department_id | self.env["hr.department"].sudo().search(  # sudo: as above
            [("manager_id", "in", employees.ids)])
        user = self.env.uid
        return (
            self._get_asked_domain() | Domain("disposition_ids.sla_is_asked", "=", True)
            | Domain("reported_by", "=", user) | Domain("leader_id", "=", user) | Domain("inspector_id", "=", user)
            | Domain("department_id", "in", departments.ids) | Domain("review_line_ids.user_id", "=", user)
            | Domain("review_line_ids.department_id.manager_id", "in", employees.ids)
            | Domain("disposition_ids.responsible_id", "=", user))

    @api.constrains("lot_ids", "quantity", "product_id", "is_stocked")
    def _check_lots(self):
        for record in self:
            if strange := record.lot_ids.filtered(lambda lot, mine=record: lot.product_id != mine.product_id):
                raise ValidationError(self.env._(
                    "%(document)s: %(lots)s is not a lot of %(product)s.", document=record.name,
                    lots=", ".join(strange.mapped("name")), product=record.product_id.display_name))
            serials = len(record.lot_ids)
            if record.tracking == "serial" and serials and record.product_uom_id.compare(record.quantity, serials):
                raise ValidationError(self.env._(
                    "%(document)s: %(product)s is tracked by serial number; %(count)s serial numbers are given for "
                    "a quantity of %(quantity)s.", document=record.name, product=record.product_id.display_name,
                    count=serials, quantity=plain(record.quantity)))
            if record.tracking == "lot" and serials > 1:
                raise ValidationError(self.env._(
                    "%(document)s: write one nonconformity for each lot of %(product)s.", document=record.name,
                    product=record.product_id.display_name))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_open(self):
        for record in self:
            if record.state != "draft":
                raise UserError(self.env._(
                    "%(document)s was reported and stays on record. Cancel it instead.", document=record.name))

    @api.model
    def _get_creatable_fields(self):
        """Whoever reports writes only what was found; the rest comes by the actions."""
        return DESCRIBED | {"company_id", "lot_id"}

    @api.model
    def _prepare_created(self, vals_list):
        """One lot may be given for short."""
        for vals in vals_list:
            if lot := vals.pop("lot_id", None):
                vals.setdefault("lot_ids", [Command.set([lot])])
        return super()._prepare_created(vals_list)

    def _is_describable(self):
        """Whether what was found may still be written: by its reporter as a draft, by quality until the decision."""
        self.ensure_one()
        if self.env.user.has_group("quality_inspection.group_quality_user"):
            return self.state in ("draft", "open", "review")
        return self.state == "draft" and self.reported_by == self.env.user

    def _check_describable(self):
        if self.env.su:
            return
        for record in self:
            if not record._is_describable():
                raise AccessError(self.env._(
                    "%(document)s is already with quality: only quality changes what was found.",
                    document=record.name))

    def _get_open_fields(self):
        if not self._is_describable():
            return set()
        closed = set()
        if self.state != "draft" and (self.inspection_id or self.quantity_isolated or self.quantity_decided):
            closed = {"product_id", "lot_ids", "quantity", "location_id", "is_stocked"}
        if self.state != "draft" and (self.inspection_id or self.quantity_decided):
            closed |= {"partner_id"}  # found out after the goods were isolated, the supplier is still written
        names = DESCRIBED - closed
        if self.env.user.has_group("quality_inspection.group_quality_user"):
            names |= {"disposition_ids", "review_line_ids", "inspector_id"}
        return names

    def _get_living_fields(self):
        return {"quantity_held", "held_lot_ids", "quantity_decided", "quantity_undecided", "is_repeat"}

    def _is_frozen(self):
        return self.state in ("closed", "cancelled")

    def _get_dossier_figures(self):
        """Nonconformities of one order (EVA-1)."""
        known = self.filtered(lambda record: record.state not in ("draft", "cancelled"))
        still = known.filtered(lambda record: record.state != "closed")
        return [(self.env._("Nonconformities, of these open"), f"{len(known)}, {len(still)}")] if known else []
