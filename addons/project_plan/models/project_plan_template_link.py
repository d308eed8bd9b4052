from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.entered_hours import LONGEST, check_hours

LINK_KINDS = [
    ("fs", "Finish to start"), ("ss", "Start to start"), ("ff", "Finish to finish"), ("sf", "Start to finish")]


class ProjectPlanTemplateLink(models.Model):
    """What waits for what in the plans made of a template."""

    _name = "project.plan.template.link"
    _inherit = ["document.number.mixin"]
    _description = "Plan Template Link"
    _rec_name = "successor_id"
    _order = "template_id, id"

    template_id = fields.Many2one("project.plan.template", required=True, index=True, ondelete="cascade")
    predecessor_id = fields.Many2one(
        "project.plan.template.item", required=True, index=True, ondelete="cascade",
        domain="[('template_id', '=', template_id)]")
    successor_id = fields.Many2one(
        "project.plan.template.item", required=True, index=True, ondelete="cascade",
        domain="[('template_id', '=', template_id), ('id', '!=', predecessor_id)]")
    kind = fields.Selection(LINK_KINDS, required=True, default="fs")
    lag_hours = fields.Float(string="Lag", help="Working hours between the two; negative: they overlap.")

    _pair_uniq = models.Constraint(
        "UNIQUE(predecessor_id, successor_id)", "These two items are linked already.")

    @api.constrains("lag_hours")
    def _check_lag_hours(self):
        check_hours(self, "lag_hours", -LONGEST)

    @api.constrains("template_id", "predecessor_id", "successor_id")
    def _check_items(self):
        for link in self:
            both = link.predecessor_id | link.successor_id
            if len(both) < 2 or both.template_id != link.template_id:
                raise ValidationError(self.env._(
                    "A link joins two different items of its template: %(predecessor)s, %(successor)s.",
                    predecessor=link.predecessor_id.name, successor=link.successor_id.name))
        self.template_id._check_no_circle()
