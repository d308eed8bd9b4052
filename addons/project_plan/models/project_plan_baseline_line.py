from odoo import api, fields, models


class ProjectPlanBaselineLine(models.Model):
    """One item of a released plan, with its change against the former revision."""

    _name = "project.plan.baseline.line"
    _description = "Released Plan Item"
    _inherit = ["document.control.mixin"]
    _order = "baseline_id, sequence, planned_start, id"

    baseline_id = fields.Many2one("project.plan.baseline", required=True, index=True, readonly=True, ondelete="cascade")
    project_id = fields.Many2one(related="baseline_id.project_id", store=True, index=True)
    company_id = fields.Many2one(related="baseline_id.company_id", store=True)
    sequence = fields.Integer(readonly=True)
    task_id = fields.Many2one("project.task", string="Item", index=True, readonly=True, ondelete="set null")
    name = fields.Char(required=True, readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    user_id = fields.Many2one("res.users", string="Person", readonly=True)
    duration_hours = fields.Float(string="Duration", readonly=True)
    planned_start = fields.Datetime(readonly=True)
    planned_finish = fields.Datetime(readonly=True)
    change = fields.Selection(
        [("added", "Added"), ("moved", "Changed"), ("removed", "Removed"), ("unchanged", "Unchanged")],
        required=True, default="unchanged", readonly=True)
    former_start = fields.Datetime(readonly=True)
    former_finish = fields.Datetime(readonly=True)
    moved_days = fields.Integer(
        string="Days Moved", compute="_compute_moved_days", help="Calendar days that the finish has moved; + is later.")
    told_on = fields.Datetime(string="Mailed On", readonly=True)

    @api.depends("planned_finish", "former_finish")
    def _compute_moved_days(self):
        for line in self:
            finish, former = (
                value and fields.Datetime.context_timestamp(line, value).date()
                for value in (line.planned_finish, line.former_finish))
            line.moved_days = (finish - former).days if finish and former else 0

    def _is_frozen(self):
        return True

    def _get_living_fields(self):
        return super()._get_living_fields() | {"told_on", "task_id"}

    def _get_partners_to_tell(self):
        """Whom the mail about these lines goes to: the persons named, and the manager of the department."""
        users = self.user_id
        for line in self:
            users |= line.department_id._get_next_manager(line.company_id)
        return users.filtered("active").partner_id

    def _get_signature(self):
        """See ``_get_signature`` of an item."""
        return self.planned_start, self.planned_finish, self.department_id.id, self.user_id.id

    def _prepare_removed_line(self):
        """Values of the line that says that this item is no longer part of the plan."""
        return {
            "sequence": self.sequence, "task_id": self.task_id.id, "name": self.name,
            "department_id": self.department_id.id, "user_id": self.user_id.id, "duration_hours": self.duration_hours,
            "change": "removed", "former_start": self.planned_start, "former_finish": self.planned_finish,
        }
