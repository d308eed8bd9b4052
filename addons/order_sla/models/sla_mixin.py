from odoo import fields, models
from odoo.fields import Domain


class SlaMixin(models.AbstractModel):
    """Makes a model watchable by time limit policies; nothing else has to be declared (SLA-1, SLA-2)."""
    _name = "sla.mixin"
    _description = "Time Limit Mixin"

    sla_clock_ids = fields.One2many(
        "sla.clock", string="Clocks", compute="_compute_sla_clocks", export_string_translation=False)
    sla_clocks = fields.Json(string="Time Limit", compute="_compute_sla_clocks")
    sla_deadline = fields.Datetime(string="Deadline", compute="_compute_sla_clocks")
    sla_state = fields.Selection(
        [("none", "None"), ("running", "Running"), ("paused", "Paused"), ("late", "Late")],
        string="Time Limit State", compute="_compute_sla_clocks", search="_search_sla_state")
    sla_clock_count = fields.Integer(string="Clock Count", compute="_compute_sla_clock_count")

    def _compute_sla_clocks(self):
        for record in self:
            record.sla_clock_ids = False
            record.sla_clocks = False
            record.sla_deadline = False
            record.sla_state = "none"

    def _compute_sla_clock_count(self):
        for record in self:
            record.sla_clock_count = 0

    def _search_sla_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.TRUE if "none" in value else Domain.FALSE

    def action_view_sla_clocks(self):
        """Open all clocks of this record."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Clocks"),
            "res_model": "sla.clock",
            "view_mode": "list,form",
            "domain": [("res_model", "=", self._name), ("res_id", "=", self.id)],
        }
