from odoo import api, fields, models
from odoo.tools import format_date

from .project_project import PLANNER


class ProjectPlanResequencingLine(models.Model):
    """One order that changes its place."""

    _name = "project.plan.resequencing.line"
    _description = "Order That Changes Its Place"
    _inherit = ["document.control.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    resequencing_id = fields.Many2one("project.plan.resequencing", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="resequencing_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    project_id = fields.Many2one(
        "project.project", string="Plan", required=True, index=True, ondelete="restrict", check_company=True,
        domain=[("is_plan", "=", True), ("plan_state", "in", ("draft", "released"))])
    former_begin = fields.Datetime(string="Begins Now", compute="_compute_former", store=True)
    former_finish = fields.Datetime(string="Forecast Now", compute="_compute_former", store=True)
    promised_date = fields.Date(related="project_id.promised_date")
    new_begin = fields.Datetime(string="Begins Then", required=True)
    new_promised_date = fields.Date(
        help="Left empty: the promised date stays. Agreed with the customer by the order desk.")

    _project_uniq = models.UniqueIndex("(resequencing_id, project_id)", "This order is named already.")

    @api.depends("project_id")  # not its dates: they stand as they were when this was written
    def _compute_former(self):
        for line in self:
            line.former_begin, line.former_finish = line.project_id.plan_begin, line.project_id.forecast_finish

    @api.depends("project_id", "new_begin")
    def _compute_display_name(self):
        for line in self:
            begin = format_date(self.env, line.new_begin) if line.new_begin else "–"
            line.display_name = f"{line.project_id.name or ''} {begin}"

    def _apply(self):
        """Write what was agreed into the plan."""
        self.ensure_one()
        vals = {"plan_begin": self.new_begin}
        if self.new_promised_date:
            vals["promised_date"] = self.new_promised_date
        self.project_id.write(vals)

    @api.model
    def _get_creatable_fields(self):
        return {"resequencing_id", "sequence", "project_id", "new_begin", "new_promised_date"}

    def _get_open_fields(self):
        if self.resequencing_id.state != "draft" or not self.env.user.has_group(PLANNER):
            return set()
        return self._get_creatable_fields() - {"resequencing_id"}

    def _get_frozen_fields(self):
        return super()._get_frozen_fields() - {"former_begin", "former_finish"}

    def _is_frozen(self):
        return self.resequencing_id.state != "draft"
