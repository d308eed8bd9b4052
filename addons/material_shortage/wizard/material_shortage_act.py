from odoo import api, fields, models

from ..models.material_measure import COUNTED, KINDS

#: Which fields a kind takes.
TAKEN = {
    "urge": ("text",), "transfer": ("quantity", "warehouse_id", "text"), "swap": ("quantity", "giver_id", "text"),
    "substitute": ("quantity", "substitute_id", "text"), "split": ("quantity", "date", "text"),
    "elsewhere": ("quantity", "text", "despite_stock"), "subcontract": ("quantity", "text"), "design": ("text",)}


class MaterialShortageAct(models.TransientModel):
    """Say what a countermeasure needs, and take it (PUR-6)."""

    _name = "material.shortage.act"
    _inherit = ["document.number.mixin"]
    _description = "Take a Countermeasure"

    # read with the user's own rights: anybody may name any line
    shortage_id = fields.Many2one("material.shortage", required=True, readonly=True, ondelete="cascade")
    kind = fields.Selection(KINDS, required=True, readonly=True)
    product_id = fields.Many2one(related="shortage_id.product_id", related_sudo=False)
    product_uom_id = fields.Many2one(related="shortage_id.product_uom_id", related_sudo=False)
    production_id = fields.Many2one(related="shortage_id.production_id", related_sudo=False)
    missing = fields.Float(related="shortage_id.quantity", related_sudo=False)
    has_quantity = fields.Boolean(compute="_compute_offers", export_string_translation=False)
    offers = fields.Text(
        string="Who Has It", compute="_compute_offers", help="What is free in the group, or reserved for later orders.")
    giver_ids = fields.Many2many("mrp.production", compute="_compute_offers", export_string_translation=False)
    quantity = fields.Float(digits="Product Unit", help="In the product's unit.")
    warehouse_id = fields.Many2one("stock.warehouse", string="From Warehouse")
    giver_id = fields.Many2one("mrp.production", string="From Order")
    substitute_id = fields.Many2one("product.product", string="Substitute Part")
    date = fields.Date(string="First Part On")
    despite_stock = fields.Boolean(
        string="Buy All the Same", help="Although another warehouse or company of the group has it free.")
    text = fields.Text(string="Reason and Remarks")

    @api.depends("shortage_id", "kind")
    def _compute_offers(self):
        for wizard in self:
            wizard.has_quantity = wizard.kind in COUNTED
            warehouses, givers = wizard._get_sisters(), wizard._get_givers()
            unit = wizard.product_uom_id.name or ""
            wizard.giver_ids = self.env["mrp.production"].union(*(pair[0] for pair in givers))
            # sudo: who has how much is what is offered, whatever else one may see of it
            wizard.offers = "\n".join(
                f"{wizard._get_offer_name(record.sudo())}: {quantity:g} {unit}"
                for record, quantity in warehouses + givers) or False

    def _get_offer_name(self, record):
        """With its company, where it is a sister's."""
        if record.company_id == self.shortage_id.company_id:
            return record.display_name
        return f"{record.company_id.name} · {record.display_name}"

    def _get_sisters(self):
        if self.kind not in ("transfer", "elsewhere") or not self.shortage_id:
            return []
        measures = self.env["material.measure"]
        target = measures.new({"shortage_id": self.shortage_id.id})._get_target_warehouse()
        return measures._get_sister_stock(self.product_id, self.shortage_id.company_id, target)

    def _get_givers(self):
        if self.kind != "swap" or not self.production_id:
            return []
        return self.env["material.swap"]._get_givers(self.production_id, self.product_id)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        shortage = self.env["material.shortage"].browse(values.get("shortage_id"))
        if "quantity" in fields and shortage and values.get("kind") != "split":
            values["quantity"] = shortage.quantity
        return values

    def action_take(self):
        """Take the countermeasure, or ask who has to agree."""
        self.ensure_one()
        vals = {name: self._fields[name].convert_to_write(self[name], self) for name in TAKEN[self.kind]}
        self.env["material.measure"]._take(self.shortage_id, self.kind, vals)
        return {"type": "ir.actions.act_window_close"}
