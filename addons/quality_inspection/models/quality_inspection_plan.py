from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError


class QualityInspectionPlan(models.Model):
    """What is inspected of which goods, by which sampling (REC-4)."""
    _name = "quality.inspection.plan"
    _description = "Inspection Plan"
    _inherit = ["document.number.mixin", "document.cached.mixin", "mail.thread"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company)
    trigger = fields.Selection(
        selection=lambda self: self.env["quality.inspection.trigger"]._get_selection(), required=True,
        default="incoming", tracking=True)
    product_tmpl_ids = fields.Many2many("product.template", string="Products", check_company=True)
    product_ids = fields.Many2many("product.product", string="Variants", check_company=True)
    category_ids = fields.Many2many("product.category", string="Categories", help="With their subcategories.")
    partner_ids = fields.Many2many(
        "res.partner", string="Partners", check_company=True,
        help="Suppliers of what is received, customers of what they return. Left empty: all.")
    picking_type_ids = fields.Many2many(
        "stock.picking.type", string="Operation Types", check_company=True, help="Left empty: all.")
    characteristic_ids = fields.One2many(
        "quality.inspection.characteristic", "plan_id", string="Characteristics", copy=True)
    sampling_ids = fields.One2many("quality.inspection.sampling", "plan_id", copy=True)
    document_ids = fields.Many2many(
        "quality.inspection.document", string="Documents", check_company=True,
        help="Inspections show the version that is released when they start.")
    serial_wise = fields.Boolean(
        string="Results per Serial Number", help="Pass/fail results are given for each unit as well.")
    instruction = fields.Html(translate=True)
    reinspection_whole = fields.Boolean(
        string="Resubmitted Lots 100 %", default=True,
        help="A lot that comes again, sorted or reworked, is inspected whole.")
    preview_lot_size = fields.Integer(string="Lot of the Preview", default=500)
    preview_severity = fields.Selection(
        [("normal", "Normal"), ("tightened", "Tightened"), ("reduced", "Reduced")],
        string="Severity of the Preview", default="normal")
    usable_problem = fields.Char(string="What Is Missing", compute="_compute_usable_problem")
    inspection_count = fields.Integer(compute="_compute_inspection_count")

    @api.depends("characteristic_ids", "sampling_ids.method")
    @api.depends_context("lang")
    def _compute_usable_problem(self):
        for plan in self:
            plan.usable_problem = plan._get_usable_problem()

    def _compute_inspection_count(self):
        counts = dict(self.env["quality.inspection"]._read_group(
            [("plan_id", "in", self.ids)], ["plan_id"], ["__count"]))
        for plan in self:
            plan.inspection_count = counts.get(plan._origin, 0)

    @api.constrains("trigger")
    def _check_trigger(self):
        self.env["quality.inspection.trigger"]._check_codes(self.mapped("trigger"))

    @api.constrains("preview_lot_size")
    def _check_preview_lot_size(self):
        for plan in self:
            if plan.preview_lot_size < 0:
                raise ValidationError(self.env._("The lot of the preview cannot be negative."))

    def copy_data(self, default=None):
        return [
            vals if "name" in (default or {}) else vals | {"name": self.env._("%(name)s (copy)", name=plan.name)}
            for plan, vals in zip(self, super().copy_data(default), strict=True)]

    def action_view_inspections(self):
        """Open the inspections made by this plan."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Inspections"),
            "res_model": "quality.inspection",
            "view_mode": "list,form",
            "domain": [("plan_id", "=", self.id)],
        }

    def _get_usable_problem(self):
        """What keeps the plan from being inspected by; False if nothing."""
        self.ensure_one()
        if not self.characteristic_ids:
            return self.env._("The plan has no characteristics: add what is to be inspected.")
        missing = set(self.characteristic_ids.mapped("defect_class")) - set(self.sampling_ids.mapped("defect_class"))
        if missing:
            labels = self.env["quality.inspection.sampling"]._get_selection_labels("defect_class")
            return self.env._("The plan does not say how these classes are sampled: %(classes)s.",
                              classes=", ".join(sorted(labels[name] for name in missing)))
        return False

    def _check_usable(self):
        """:raise UserError: the plan cannot be inspected by; the message says what to add."""
        for plan in self:
            if problem := plan._get_usable_problem():
                raise UserError(self.env._(
                    "Inspection plan \"%(plan)s\" cannot be used. %(problem)s", plan=plan.name, problem=problem))

    # ---- which plan applies

    @api.model
    def _get_cached_fields(self):
        """Fields that decide which plan applies."""
        return {"active", "sequence", "company_id", "trigger", "product_ids", "product_tmpl_ids", "category_ids",
                "partner_ids", "picking_type_ids"}

    @api.model
    @tools.ormcache("company_id", "trigger")
    def _plan_index(self, company_id, trigger):
        """What is asked of each active plan: tuples of dicts of plain ids, empty when there is no plan."""
        # sudo: a plan applies whoever receives the goods
        plans = self.sudo().with_context(active_test=True).search(
            [("company_id", "=", company_id), ("trigger", "=", trigger)])
        return tuple(plan._prepare_index_entry(position) for position, plan in enumerate(plans))

    def _prepare_index_entry(self, position):
        """One plan in the index."""
        self.ensure_one()
        return {
            "id": self.id,
            "position": position,
            "products": frozenset(self.product_ids.ids),
            "templates": frozenset(self.product_tmpl_ids.ids),
            "categories": frozenset(self.category_ids.ids),
            "partners": frozenset(self.partner_ids.ids),
            "picking_types": frozenset(self.picking_type_ids.ids),
        }

    @api.model
    def _find_plans(self, trigger, products, partner=None, picking_type=None, company=None):
        """The plan that applies to each product: the most specific one (REC-4).

        A variant goes before its template, that before the nearest category, that before a plan for everything; a
        plan that names the supplier before one that does not; then the plans' sequence. No query when there is no
        plan, a constant number otherwise.

        :param trigger: code of a quality.inspection.trigger; only its own plans are looked at
        :param products: product.product
        :param partner: supplier, or customer who returns the goods; res.partner or None
        :param picking_type: stock.picking.type or None
        :param company: res.company; the current one by default
        :return: ``{product id: quality.inspection.plan}``, only for products with a plan; the plans as superuser
        """
        index = self._plan_index((company or self.env.company).id, trigger)
        index = self._filter_index(index, partner, picking_type)
        found = {}
        if index:
            for product in products:
                candidates = [(rank, entry["id"]) for entry in index if (rank := self._rank_entry(entry, product))]
                if candidates:
                    # sudo: a plan applies whoever receives the goods
                    found[product.id] = self.sudo().browse(min(candidates)[1])
        return found

    @api.model
    def _filter_index(self, index, partner, picking_type):
        partner_ids = {partner.id, partner.commercial_partner_id.id} if partner and index else set()
        type_id = picking_type.id if picking_type else None
        return [entry for entry in index
                if (not entry["partners"] or entry["partners"] & partner_ids)
                and (not entry["picking_types"] or type_id in entry["picking_types"])]

    @api.model
    def _rank_entry(self, entry, product):
        """How specific a plan is for a product, the smallest tuple first; None when it does not apply."""
        named = (0 if entry["partners"] else 1, entry["position"])
        if product.id in entry["products"]:
            return 0, 0, *named
        if product.product_tmpl_id.id in entry["templates"]:
            return 1, 0, *named
        if entry["categories"]:
            path = [int(part) for part in (product.categ_id.parent_path or "").split("/") if part]
            for distance, category in enumerate(reversed(path)):
                if category in entry["categories"]:
                    return 2, distance, *named
        if entry["products"] or entry["templates"] or entry["categories"]:
            return None
        return 3, 0, *named

    def _is_for(self, inspection):
        """Whether an inspection may be done by this plan: its company, occasion, product, supplier and operation type.

        A plan for inspections by hand serves every occasion, and so does every plan an inspection by hand.
        """
        self.ensure_one()
        by_hand = inspection.trigger == "manual"
        if self.company_id != inspection.company_id or not (
                by_hand or self.trigger == "manual"
                or self.trigger in self.env["quality.inspection.trigger"]._get_plan_codes(inspection.trigger)):
            return False
        entry = self._prepare_index_entry(0)
        if by_hand:
            entry["picking_types"] = frozenset()
        return bool(self._filter_index([entry], inspection.partner_id, inspection._get_picking_type())
                    and self._rank_entry(entry, inspection.product_id))
