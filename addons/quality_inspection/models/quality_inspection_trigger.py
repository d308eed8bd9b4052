from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from .quality_nonconformity import SOURCES


class QualityInspectionTrigger(models.Model):
    """On which occasion goods are inspected: at their receipt, when they are finished... (REC-2, REC-4).

    Plans and inspections name it by its code, as a partner names his language. Which documents are such an occasion is
    said by ``stock.move._get_quality_trigger`` of the addon that knows them.
    """
    _name = "quality.inspection.trigger"
    _inherit = ["document.number.mixin", "document.cached.mixin"]
    _description = "Inspection Trigger"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="By which plans, inspections and programs name it; it stays.")
    sequence = fields.Integer(default=50)
    plan_trigger_ids = fields.Many2many(
        "quality.inspection.trigger", "quality_inspection_trigger_plan_rel", "trigger_id", "plan_trigger_id",
        string="Else Plans Of", help="Goods without a plan of this trigger are inspected by a plan of these, in "
        "their order.")
    is_supply = fields.Boolean(
        string="Brings New Goods", default=True,
        help="Goods are bought or made, they do not come back: its plans count as the product's inspection capability.")
    nonconformity_source = fields.Selection(
        SOURCES, string="Rejections Are Found", required=True, default="other")

    _code_uniq = models.Constraint("UNIQUE(code)", "There is an inspection trigger with this code already.")

    def write(self, vals):
        if "code" in vals and any(trigger.code != vals["code"] for trigger in self):
            raise UserError(self.env._(
                "The code of an inspection trigger stays: plans and inspections name it. Change its name instead."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for trigger in self:
            # sudo: those of all companies count
            named = [("trigger", "=", trigger.code)]
            if (self.env["quality.inspection.plan"].sudo().with_context(active_test=False).search_count(named, limit=1)
                    or self.env["quality.inspection"].sudo().search_count(named, limit=1)):  # sudo: as above
                raise UserError(self.env._(
                    "Plans or inspections are of the trigger \"%(trigger)s\": it stays.", trigger=trigger.name))

    @api.model
    @tools.ormcache("self.env.lang")
    def _get_selection(self):
        """Codes and names, for the selection fields that name a trigger."""
        # sudo: whoever reads an inspection reads on which occasion it is
        return tuple((trigger.code, trigger.name) for trigger in self.sudo().search([]))

    @api.model
    def _check_codes(self, codes):
        """:raise ValidationError: one of the codes is no trigger's"""
        if unknown := set(codes) - dict(self._get_selection()).keys():
            raise ValidationError(self.env._(
                "\"%(code)s\" is no inspection trigger. Choose one, or add it under Quality → Configuration → "
                "Inspection Triggers.", code=", ".join(sorted(map(str, unknown)))))

    @api.model
    @tools.ormcache()
    def _get_supply_codes(self):
        """Codes of the triggers that bring new goods."""
        # sudo: as in _get_selection
        return tuple(self.sudo().search([("is_supply", "=", True)]).mapped("code"))

    @api.model
    @tools.ormcache("code")
    def _get_nonconformity_source(self, code):
        """What the report of goods that were rejected on this occasion says of where they were found."""
        # sudo: as in _get_selection
        return self.sudo().search([("code", "=", code)]).nonconformity_source or "other"

    @api.model
    @tools.ormcache("code")
    def _get_plan_codes(self, code):
        """Codes of the triggers whose plans apply on this occasion, its own first."""
        # sudo: whose plans apply does not depend on who moves the goods
        return (code, *self.sudo().search([("code", "=", code)]).plan_trigger_ids.mapped("code"))

    @api.model
    def _find_plans(self, code, products, **circumstances):
        """The plan that applies to each product on this occasion: its own, else one of those it stands in for.

        :param circumstances: see ``quality.inspection.plan._find_plans``
        :return: ``{product id: quality.inspection.plan}``, only for products with a plan
        """
        plans = {}
        for plan_code in self._get_plan_codes(code):
            missing = products.filtered(lambda product, plans=plans: product.id not in plans)
            plans |= self.env["quality.inspection.plan"]._find_plans(plan_code, missing, **circumstances)
        return plans
