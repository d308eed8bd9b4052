from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

from .project_project import PLANNER

LEVELS = [("1", "Very Low"), ("2", "Low"), ("3", "Medium"), ("4", "High"), ("5", "Very High")]
PAPER = {"name", "task_id", "owner_id", "probability", "effect", "effect_note", "countermeasure", "date_due"}


class ProjectPlanRisk(models.Model):
    """A risk of a project: its owner, probability, effect and countermeasure (PLN-18)."""

    _name = "project.plan.risk"
    _description = "Project Risk"
    _inherit = ["project.plan.paper"]
    _order = "state, score desc, id"
    _check_company_auto = True
    _transitions = {
        "occur": Transition(("open",), "occurred"),
        "close": Transition(("open", "occurred"), "closed"),
    }

    name = fields.Char(string="Risk", required=True, tracking=True)
    task_id = fields.Many2one(
        "project.task", string="Item", index="btree_not_null", ondelete="set null",
        domain="[('project_id', '=', project_id)]")
    owner_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict", tracking=True, domain=[("share", "=", False)],
        default=lambda self: self.env.user, help="Who watches the risk and answers for the countermeasure.")
    probability = fields.Selection(LEVELS, required=True, default="3", tracking=True)
    effect = fields.Selection(LEVELS, string="How Grave", required=True, default="3", tracking=True)
    score = fields.Integer(
        compute="_compute_score", store=True, aggregator="max", help="Probability times effect, 1 to 25.")
    effect_note = fields.Text(string="What Would Happen")
    countermeasure = fields.Text(tracking=True)
    date_due = fields.Date(string="Due", tracking=True, help="By when the countermeasure is in place.")
    state = fields.Selection(
        [("open", "Open"), ("occurred", "Occurred"), ("closed", "Closed")], string="Status", required=True,
        default="open", readonly=True, copy=False, index=True, tracking=True)
    closing_note = fields.Text(string="How It Ended", copy=False)
    closed_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    closed_on = fields.Datetime(readonly=True, copy=False)

    @api.depends("probability", "effect")
    def _compute_score(self):
        for risk in self:
            risk.score = int(risk.probability or 0) * int(risk.effect or 0)

    def action_occur(self):
        """It has happened.

        :raise UserError: not open
        """
        self._transit("occur")
        return True

    def action_close(self):
        """It cannot happen any more, or what it did is mended.

        :raise UserError: closed, or nothing says how it ended
        """
        self._transit("close", closed_by=self.env.uid, closed_on=fields.Datetime.now())
        self._stop_asking()
        return True

    def _check_transition(self, operation):
        if not self.env.su and any(risk.owner_id != self.env.user for risk in self):
            self._check_groups(PLANNER)
        result = super()._check_transition(operation)
        for risk in self:
            if operation == "close" and not is_reason(risk.closing_note):
                raise UserError(self.env._("%(risk)s: write how it ended before you close it.", risk=risk.name))
        return result

    @api.model
    def _get_creatable_fields(self):
        return PAPER | {"project_id"}

    def _get_open_fields(self):
        if self._is_frozen() or self.owner_id != self.env.user and not self.env.user.has_group(PLANNER):
            return set()
        return PAPER | {"closing_note"}

    def _is_frozen(self):
        return self.state == "closed"
