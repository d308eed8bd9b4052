from odoo import api, fields, models

RESULTS = [("ok", "As Planned"), ("off", "Deviates")]


class ProjectPlanRoundLine(models.Model):
    """One item as it was found on a daily round (PLN-14)."""

    _name = "project.plan.round.line"
    _description = "Item of a Daily Round"
    _inherit = ["document.control.mixin"]
    _order = "planned_finish, id"

    round_id = fields.Many2one("project.plan.round", required=True, index=True, ondelete="cascade")
    task_id = fields.Many2one("project.task", string="Item", required=True, index=True, ondelete="cascade")
    project_id = fields.Many2one(related="task_id.project_id", store=True, readonly=True)
    company_id = fields.Many2one(related="round_id.company_id", store=True, index=True)
    planned_finish = fields.Datetime(readonly=True, help="As it was planned on that day.")
    plan_progress = fields.Float(
        string="Done (%)", readonly=True, digits=(16, 0), aggregator=False, help="As reported on that day.")
    progress = fields.Selection(RESULTS)
    quality = fields.Selection(RESULTS)
    quantity = fields.Selection(RESULTS)
    is_off = fields.Boolean(string="Deviates", compute="_compute_is_off", store=True)
    finding = fields.Char(string="What Was Found")
    measure = fields.Selection([
        ("split", "Split into several operations"), ("people", "People moved here"), ("overtime", "Overtime"),
        ("more", "More pieces made"), ("outside", "Have it made outside"), ("planner", "Reported to the planner"),
        ("other", "Other, see what was found")], string="Countermeasure")

    @api.depends("task_id", "project_id")
    def _compute_display_name(self):
        for line in self:
            names = line.project_id.name, line.task_id.name  # each plan has an item of that name
            line.display_name = " · ".join(filter(None, names))

    @api.depends("progress", "quality", "quantity")
    def _compute_is_off(self):
        for line in self:
            line.is_off = "off" in (line[name] for name in self._get_subjects())

    @api.model
    def _get_subjects(self):
        """What is looked at on each item."""
        return ("progress", "quality", "quantity")

    def _get_open_fields(self):
        is_open = "line_ids" in self.round_id._get_open_fields()
        return {*self._get_subjects(), "finding", "measure"} if is_open else set()

    def _is_frozen(self):
        return self.round_id._is_frozen()

    def action_report_to_planner(self):
        """What cannot be solved here goes to the planner, as a contact sheet about the item."""
        self.ensure_one()
        action = self.task_id.action_report_to_planner()
        return {**action, "context": {**action["context"], "default_question": self.finding}}

    def _get_words(self):
        """What the item is told of the round."""
        labels = self.fields_get(["measure", *self._get_subjects()], ["string", "selection"])
        off = [labels[name]["string"] for name in self._get_subjects() if self[name] == "off"]
        return self.env._(
            "Daily round %(round)s, %(subjects)s: %(finding)s. %(measure)s.", round=self.round_id.name,
            subjects=", ".join(off), finding=self.finding, measure=dict(labels["measure"]["selection"])[self.measure])
