from odoo import api, fields, models

#: Who chases: planners, material controllers, buyers.
CHASER = "material_shortage.group_shortage_user"
CAUSES = [
    ("self_made", "Made Here"), ("purchased", "Purchased"), ("engineering", "Engineering"), ("quality", "Quality")]
OPEN = ("open", "promised", "covered")
CHASE_TYPE = "material_shortage.mail_activity_type_chase"


class MaterialShortage(models.Model):
    """缺件: a part that an order misses, who brings it, and when (MAT-4).

    One open line for an order and a product. The pegging opens, updates and closes it; people say what they do about
    it, and report what is missing where they stand.
    """

    _name = "material.shortage"
    _description = "Material Shortage"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _dossier_path = "production_id"
    _order = "needed_by, id"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "material.shortage"

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    state = fields.Selection(
        [("open", "Open"), ("promised", "Promised"), ("covered", "Covered"), ("closed", "Closed")], string="Status",
        required=True, readonly=True, default="open", copy=False, index=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="restrict")
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, index=True, ondelete="restrict", check_company=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id")
    quantity = fields.Float(
        string="Missing", readonly=True, digits="Product Unit", aggregator=False, tracking=True,
        help="In the product's unit: what no supply covers in time, or what was reported, whichever is more.")
    pegged_quantity = fields.Float(
        string="Missing by Plan", readonly=True, digits="Product Unit", aggregator=False, copy=False,
        help="What the order needs and no supply covers in time, when this was last computed.")
    reported_quantity = fields.Float(
        string="Reported Missing", readonly=True, digits="Product Unit", aggregator=False, copy=False,
        help="What somebody found missing where he stood.")
    uninspected_quantity = fields.Float(
        string="To Be Inspected", readonly=True, digits="Product Unit", aggregator=False, copy=False,
        help="Of what is missing so much has come and waits for its inspection: it is no supply before it is accepted.")
    is_here = fields.Boolean(
        string="Waits for Inspection", readonly=True, copy=False,
        help="All that is missing has come: whoever inspects is next, and nobody has to bring anything.")
    production_id = fields.Many2one(
        "mrp.production", string="Manufacturing Order", readonly=True, index="btree_not_null", ondelete="cascade",
        check_company=True)
    picking_id = fields.Many2one(
        "stock.picking", string="Delivery", readonly=True, index="btree_not_null", ondelete="cascade",
        check_company=True)
    origin = fields.Char(string="For", compute="_compute_origin", help="The sale order or project that waits for it.")
    needed_by = fields.Datetime(readonly=True, index=True)
    cause = fields.Selection(CAUSES, required=True, readonly=True, default="purchased", index=True, tracking=True)
    owner_id = fields.Many2one(
        "res.users", string="Brought By", readonly=True, index=True, ondelete="restrict", tracking=True,
        help="Who answers for it, by the cause: buyer, planner, head of engineering, head of quality.")
    purchase_line_id = fields.Many2one(
        "purchase.order.line", readonly=True, index="btree_not_null", ondelete="set null")
    purchase_order_id = fields.Many2one(related="purchase_line_id.order_id", string="Purchase")
    partner_id = fields.Many2one(related="purchase_line_id.partner_id", string="Supplier")
    supply_production_id = fields.Many2one(
        "mrp.production", string="Made By", readonly=True, index="btree_not_null", ondelete="set null")
    promise_ids = fields.One2many(
        "supplier.promise", string="Promised Dates", compute="_compute_promise_ids", compute_sudo=True)
    expected_date = fields.Datetime(
        string="Expected", readonly=True, tracking=True, help="When all of what is missing is expected.")
    days_late = fields.Integer(
        compute="_compute_days_late", help="Days from the need to the expected date, or to today if there is none.")
    answered_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    answered_on = fields.Datetime(readonly=True, copy=False)
    answered_date = fields.Date(string="Promised by the Owner", readonly=True, copy=False)
    next_chase_date = fields.Date(
        string="Next Chase", index=True, tracking=True, help="When the owner asks again where it is.")
    countermeasure = fields.Text(tracking=True, help="What is done about it.")
    measure_ids = fields.One2many("material.measure", "shortage_id", string="Countermeasures", readonly=True)
    measure_count = fields.Integer(compute="_compute_measure_count")
    note = fields.Text(readonly=True, copy=False)
    photo = fields.Image(readonly=True, copy=False, max_width=1280, max_height=1280)
    reported_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    reported_on = fields.Datetime(readonly=True, copy=False)
    closed_on = fields.Datetime(readonly=True, copy=False)
    closing = fields.Selection(
        [("receipt", "Parts Are Here"), ("change", "No Longer Needed"), ("done", "Order Finished"),
         ("hand", "By Hand")],
        string="Closed By", readonly=True, copy=False)
    is_mine = fields.Boolean(compute="_compute_is_mine", export_string_translation=False)

    _production_uniq = models.UniqueIndex(
        "(production_id, product_id) WHERE state != 'closed' AND production_id IS NOT NULL",
        "There is an open shortage of this product for the manufacturing order already.")
    _picking_uniq = models.UniqueIndex(
        "(picking_id, product_id) WHERE state != 'closed' AND picking_id IS NOT NULL",
        "There is an open shortage of this product for the delivery already.")

    @api.depends("production_id.origin", "picking_id.origin")
    def _compute_origin(self):
        for line in self.sudo():  # what waits is no secret to whoever sees what it waits for
            line.origin = line.production_id.origin or line.picking_id.origin or False

    @api.depends("purchase_line_id")
    def _compute_promise_ids(self):
        for line in self:
            line.promise_ids = line.purchase_line_id.promise_ids

    @api.depends("needed_by", "expected_date", "state")
    def _compute_days_late(self):
        now = fields.Datetime.now()
        for line in self:
            until = line.expected_date or now
            line.days_late = max((until - line.needed_by).days, 0) if line.needed_by and line.state != "closed" else 0

    @api.depends("measure_ids")
    def _compute_measure_count(self):
        counts = dict(self.env["material.measure"]._read_group(
            [("shortage_id", "in", self.ids)], ["shortage_id"], ["__count"]))
        for line in self:
            line.measure_count = counts.get(line._origin, 0)

    @api.depends("owner_id", "state")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        chaser = self.env.user.has_group(CHASER)
        for line in self:
            line.is_mine = line.state != "closed" and (chaser or line.owner_id == self.env.user)

    @api.depends("name", "product_id")
    def _compute_display_name(self):
        for line in self.sudo():  # the product's name belongs to the line
            line.display_name = f"{line.name or ''} {line.product_id.display_name or ''}".strip()

    def _get_open_fields(self):
        if self.state == "closed" or not self.env.user.has_group(CHASER):
            return set()
        return {"next_chase_date", "countermeasure"}

    def _is_frozen(self):
        return self.state == "closed"

    def web_read(self, specification):
        """A page of the list: who brings it and who supplies it are names of people, read together."""
        if {"owner_id", "partner_id"} <= set(specification):
            lines = self.sudo()  # sudo: names as every list shows them
            (lines.owner_id.partner_id | lines.purchase_line_id.partner_id).fetch()
        return super().web_read(specification)

    def action_open_demand(self):
        """Open the order that waits for the part."""
        self.ensure_one()
        return (self.production_id or self.picking_id)._get_records_action()
