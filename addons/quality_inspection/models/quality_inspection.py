from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: Fields that whoever makes an inspection by hand may fill in.
DRAFT_FIELDS = {
    "plan_id", "product_id", "quantity", "lot_id", "lot_ids", "partner_id", "picking_id", "location_id", "company_id",
    "supplier_batch", "note", "trigger"}
#: Fields that may be corrected until the verdict.
OPEN_FIELDS = {"note", "supplier_batch"}


class QualityInspection(models.Model):
    """An inspection of one lot: request, results and verdict (REC-2, REC-3, FQC-4).

    ``quantity`` and its parts are in the product's unit. The parts are written by :meth:`_update_quantities` from
    the dispositions, never typed. What is concluded is frozen.
    """
    _name = "quality.inspection"
    _description = "Quality Inspection"
    _inherit = [
        "document.control.mixin", "quality.hold.mixin", "document.quantity.mixin", "sla.mixin", "mail.thread",
        "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"  # whoever is asked may answer
    _dossier_path = ("picking_id", "lot_id", "lot_ids")

    name = fields.Char(string="Number", required=True, readonly=True, copy=False, default="/", index="trigram")
    state = fields.Selection(
        [("draft", "Draft"), ("pending", "To Inspect"), ("in_progress", "In Progress"), ("done", "Concluded"),
         ("cancelled", "Cancelled")],
        required=True, default="draft", readonly=True, copy=False, index=True, tracking=True)
    verdict = fields.Selection(
        [("accept", "Accepted"), ("reject", "Rejected"), ("concession", "Concession")],
        readonly=True, copy=False, tracking=True)
    trigger = fields.Selection(
        selection=lambda self: self.env["quality.inspection.trigger"]._get_selection(), required=True,
        default="manual")
    plan_id = fields.Many2one(
        "quality.inspection.plan", index="btree_not_null", check_company=True, ondelete="restrict", tracking=True)
    product_id = fields.Many2one(
        "product.product", required=True, index=True, check_company=True, ondelete="restrict")
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    tracking = fields.Selection(related="product_id.tracking")
    quantity = fields.Float(string="Lot Size", digits="Product Unit", required=True, default=1.0)
    lot_id = fields.Many2one("stock.lot", index="btree_not_null", check_company=True)
    lot_ids = fields.Many2many(
        "stock.lot", "quality_inspection_lot_rel", string="Serial Numbers", check_company=True)
    partner_id = fields.Many2one("res.partner", string="Supplier", index="btree_not_null", check_company=True)
    picking_id = fields.Many2one("stock.picking", string="Transfer", index="btree_not_null", check_company=True)
    move_id = fields.Many2one(
        "stock.move", string="Stock Move", index="btree_not_null", readonly=True, copy=False, check_company=True)
    location_id = fields.Many2one(
        "stock.location", string="Inspection Area", check_company=True, help="Where the goods are held.")
    parent_id = fields.Many2one(
        "quality.inspection", string="Re-inspection Of", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict")
    child_ids = fields.One2many("quality.inspection", "parent_id", string="Re-inspections")
    split_from_id = fields.Many2one(
        "quality.inspection", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict")
    root_id = fields.Many2one(
        "quality.inspection", string="First Inspection", readonly=True, copy=False, index="btree_not_null",
        ondelete="set null",
        help="Of a re-inspection, a part split off, or one merged into another: the inspection that its goods began "
        "with. Empty on the first one itself.")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    department_id = fields.Many2one(related="company_id.quality_department_id", string="Quality Department")
    inspector_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null", tracking=True)
    submitted_at = fields.Datetime(string="Submitted On", readonly=True, copy=False)
    submitted_by = fields.Many2one("res.users", readonly=True, copy=False)
    started_at = fields.Datetime(string="Started On", readonly=True, copy=False)
    done_at = fields.Datetime(string="Concluded On", readonly=True, copy=False, index="btree_not_null")
    done_by = fields.Many2one("res.users", string="Concluded By", readonly=True, copy=False)
    missing_documents = fields.Boolean(
        string="Documents Missing", readonly=True, copy=False, tracking=True,
        help="The time limit pauses until the missing documents are here.")
    missing_documents_note = fields.Char(string="Which Documents Are Missing", readonly=True, copy=False)
    supplier_batch = fields.Char(string="Supplier's Batch", tracking=True)
    revision = fields.Integer(readonly=True, copy=False, help="Grows with every save of results.")
    saved_by = fields.Many2one("res.users", string="Results Saved By", readonly=True, copy=False)
    saved_at = fields.Datetime(string="Results Saved On", readonly=True, copy=False)
    note = fields.Text()
    conclusion_note = fields.Text(string="Inspector's Remark", readonly=True, copy=False)
    skipped = fields.Boolean(
        string="Accepted Without Inspection", readonly=True, copy=False, help="The lot was not drawn (skip-lot).")

    document_ids = fields.Many2many(
        "quality.inspection.document", string="Documents", readonly=True, copy=False,
        help="Versions that were released when the inspection started.")
    sample_ids = fields.One2many("quality.inspection.sample", "inspection_id", string="Samples", copy=False)
    line_ids = fields.One2many("quality.inspection.line", "inspection_id", string="Results", copy=False)
    urgent_release_ids = fields.One2many(
        "quality.urgent.release", "inspection_id", string="Urgent Releases", copy=False)

    quantity_accepted = fields.Float(string="Accepted", digits="Product Unit", readonly=True, copy=False)
    quantity_conceded = fields.Float(string="Concession", digits="Product Unit", readonly=True, copy=False)
    quantity_rejected = fields.Float(string="Rejected", digits="Product Unit", readonly=True, copy=False)
    quantity_returned = fields.Float(string="Returned", digits="Product Unit", readonly=True, copy=False)
    quantity_scrapped = fields.Float(string="Scrapped", digits="Product Unit", readonly=True, copy=False)
    quantity_reinspect = fields.Float(
        string="Sorting or Rework", digits="Product Unit", readonly=True, copy=False,
        help="Handed to sorting, rework or repair, and then to a re-inspection.")
    quantity_urgent = fields.Float(
        string="Urgently Released", digits="Product Unit", readonly=True, copy=False,
        help="Released before the verdict, neither accepted yet nor recalled.")
    quantity_used = fields.Float(
        string="Used before the Recall", digits="Product Unit", readonly=True, copy=False,
        help="Urgently released, and used when the release was recalled; a nonconformity reports it.")
    quantity_open = fields.Float(
        string="Undecided", digits="Product Unit", readonly=True, copy=False,
        help="Not yet accepted, conceded, returned, scrapped or handed to sorting or rework.")
    quantity_unjudged = fields.Float(
        string="Freed Without Verdict", digits="Product Unit", readonly=True, copy=False,
        help="Of a cancelled inspection: not held any more, and not qualified until it is inspected again.")
    quantity_qualified = fields.Float(
        string="Qualified", digits="Product Unit", compute="_compute_quantity_qualified", store=True)

    finding_wrong_model = fields.Boolean(string="Wrong Model", readonly=True, copy=False)
    finding_missing_parts = fields.Boolean(string="Missing Parts", readonly=True, copy=False)
    finding_appearance = fields.Boolean(string="Bad Appearance", readonly=True, copy=False)
    finding_quantity = fields.Boolean(string="Quantity Not as Delivery Note", readonly=True, copy=False)
    serious_finding = fields.Boolean(compute="_compute_serious_finding", store=True)
    qualified_rate = fields.Float(
        string="Qualified Rate (%)", digits=(16, 2), readonly=True, copy=False, aggregator="avg",
        help="Accepted part of the lot; for a lot that its sample rejected: good part of the sample.")

    demand_date = fields.Datetime(
        string="Needed On", compute="_compute_demand_date", help="Earliest open demand for the product.")
    is_urgent = fields.Boolean(compute="_compute_is_urgent")
    is_late = fields.Boolean(compute="_compute_is_late")
    can_edit = fields.Boolean(compute="_compute_can_edit")
    plan_problem = fields.Char(compute="_compute_plan_problem")

    _quantity_positive = models.Constraint(
        "CHECK(quantity >= 0)", "The quantity of an inspection must not be negative.")
    _open_idx = models.Index("(product_id) WHERE quantity_open > 0")
    _held_idx = models.Index("(product_id) WHERE quantity_held > 0")
    _queue_idx = models.Index("(company_id, product_id) WHERE state IN ('pending', 'in_progress')")
    _move_uniq = models.UniqueIndex(
        "(move_id, COALESCE(lot_id, 0)) WHERE move_id IS NOT NULL AND parent_id IS NULL AND split_from_id IS NULL "
        "AND state != 'cancelled'", "These received goods have their inspection already.")

    @api.depends("quantity_accepted", "quantity_conceded")
    def _compute_quantity_qualified(self):
        for inspection in self:
            inspection.quantity_qualified = inspection.quantity_accepted + inspection.quantity_conceded

    @api.depends(lambda self: self._get_finding_fields())
    def _compute_serious_finding(self):
        names = self._get_finding_fields()
        for inspection in self:
            inspection.serious_finding = any(inspection[name] for name in names)

    @api.depends("sla_state")
    def _compute_is_late(self):
        for inspection in self:
            inspection.is_late = inspection.sla_state == "late"

    @api.depends("state", "inspector_id")
    @api.depends_context("uid")
    def _compute_can_edit(self):
        for inspection in self:
            inspection.can_edit = inspection.state == "in_progress" and inspection.inspector_id == self.env.user

    @api.depends("plan_id.characteristic_ids", "plan_id.sampling_ids")
    @api.depends_context("lang")
    def _compute_plan_problem(self):
        for inspection in self:
            # sudo: a storekeeper who reads the inspection need not read the plan
            plan = inspection.plan_id.sudo()
            inspection.plan_problem = (
                plan.usable_problem if plan or inspection.parent_id
                else self.env._("No plan: every unit is looked at, good and bad are counted."))

    @api.constrains("trigger")
    def _check_trigger(self):
        self.env["quality.inspection.trigger"]._check_codes(self.mapped("trigger"))

    @api.constrains("location_id")
    def _check_location(self):
        """Goods are held in hold locations only; elsewhere an inspection would hold nothing."""
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        for inspection in self:
            if inspection.location_id and inspection.location_id.id not in hold_ids:
                raise ValidationError(self.env._(
                    "%(location)s is no quality hold location. Leave the inspection area empty to inspect goods where "
                    "they are, or isolate them first.", location=inspection.location_id.display_name))

    @api.model
    def _get_finding_fields(self):
        """Names of the fields that say a serious finding (REC-5); other addons may add theirs."""
        return ["finding_wrong_model", "finding_missing_parts", "finding_appearance", "finding_quantity"]

    def _get_open_fields(self):
        if self.state == "draft":
            return DRAFT_FIELDS
        return OPEN_FIELDS

    def _is_frozen(self):
        return self.state in ("done", "cancelled")

    def _get_living_fields(self):
        """After the verdict the dispositions still move the quantities; a rejected lot may be conceded."""
        return {
            "quantity_accepted", "quantity_conceded", "quantity_rejected", "quantity_returned", "quantity_scrapped",
            "quantity_reinspect", "quantity_urgent", "quantity_used", "quantity_open", "quantity_held",
            "quantity_qualified", "quantity_unjudged",
            "held_lot_ids", "child_ids", "split_ids", "root_id", "urgent_release_ids",
        }

    def _check_frozen(self, vals):
        if "verdict" in vals and vals["verdict"] == "concession" and len(vals) == 1 and all(
                inspection.state == "done" and inspection.verdict == "reject" for inspection in self):
            return
        super()._check_frozen(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        for inspection in self:
            if inspection.state not in ("draft", "cancelled"):
                raise UserError(self.env._(
                    "Inspection %(name)s is under way: cancel it instead of deleting it.", name=inspection.name))

    def copy_data(self, default=None):
        """A copy is a new request, by hand, of the same goods."""
        free = self._get_creatable_fields()
        return [{name: value for name, value in vals.items() if name in free} for vals in super().copy_data(default)]

    def _get_dossier_figures(self):
        """How the inspections of one order ended (EVA-1)."""
        done = self.filtered(lambda inspection: inspection.state == "done")
        rejected = done.filtered(lambda inspection: inspection.verdict == "reject")
        return [(self.env._("Inspections, of these rejected"), f"{len(done)}, {len(rejected)}")] if done else []
