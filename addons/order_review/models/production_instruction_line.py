from odoo import api, fields, models
from odoo.exceptions import UserError


class ProductionInstructionLine(models.Model):
    _name = "production.instruction.line"
    _inherit = ["document.control.mixin"]
    _description = "Product of a Production Instruction"
    _order = "sequence, id"

    instruction_id = fields.Many2one("production.instruction", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="instruction_id.company_id", store=True, index=True)
    order_line_id = fields.Many2one("sale.order.line", readonly=True, index="btree_not_null", ondelete="set null")
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one("product.product", required=True, ondelete="restrict")
    name = fields.Text(string="Description")
    quantity = fields.Float(digits="Product Unit", required=True, default=1.0)
    uom_id = fields.Many2one("uom.uom", string="Unit", ondelete="restrict")
    unit_name = fields.Char(
        string="Unit's name", compute="_compute_unit_name", store=True, help="As it was then, for the form.")
    date = fields.Date(string="Finish by")
    quality_requirements = fields.Text()
    packing_requirements = fields.Text()

    @api.depends("uom_id")  # not its name: the words stay those of the day
    def _compute_unit_name(self):
        for line in self:
            line.unit_name = line.uom_id.name

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if any(line._is_frozen() for line in lines):
            raise UserError(self.env._("The instruction was issued: cancel it and issue a new one."))
        return lines

    @api.model
    def _get_creatable_fields(self):
        return {"instruction_id", "sequence", "product_id", "name", "quantity", "uom_id", "date",
                "quality_requirements", "packing_requirements"}

    def _get_open_fields(self):
        return self._get_creatable_fields() - {"instruction_id"} if not self._is_frozen() else set()

    def _is_frozen(self):
        return self.instruction_id.state != "draft"
