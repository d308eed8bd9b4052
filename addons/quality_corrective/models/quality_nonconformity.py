from odoo import api, fields, models
from odoo.fields import Domain


class QualityNonconformity(models.Model):
    _inherit = "quality.nonconformity"

    corrective_action_ids = fields.Many2many(
        "quality.corrective.action", "quality_corrective_action_nonconformity_rel", "nonconformity_id", "action_id",
        string="Corrective Actions", copy=False, check_company=True)
    corrective_action_count = fields.Integer(compute="_compute_corrective_action_count")

    def _compute_corrective_action_count(self):
        for record in self:
            record.corrective_action_count = len(record.corrective_action_ids)

    def action_view_corrective_actions(self):
        """Open the corrective actions of this nonconformity."""
        self.ensure_one()
        return self.corrective_action_ids._get_records_action(name=self.env._("Corrective Actions"))

    def action_corrective_action(self):
        """Start a corrective action (8D) for these nonconformities and the former cases of the same defect (NCR-7).

        :raise UserError: a nonconformity is still a draft, or several products are mixed
        """
        self._check_quality()
        self._check_state("open", "review", "decided", "closed")
        action = self.env["quality.corrective.action"].create(
            self.env["quality.corrective.action"]._prepare_from_nonconformities(self | self.repeat_ids))
        return action._get_records_action(name=self.env._("Corrective Action"))

    @api.model
    def _get_mine_domain(self):
        """Also of whoever is asked about a corrective action of it, or about one of its actions."""
        return (super()._get_mine_domain() | Domain("corrective_action_ids.sla_is_asked", "=", True)
                | Domain("corrective_action_ids.task_ids.sla_is_asked", "=", True))

    def _get_open_fields(self):
        names = super()._get_open_fields()
        return names | {"corrective_action_ids"} if self._is_describable() and self._is_by_quality() else names

    def _get_living_fields(self):
        return super()._get_living_fields() | {"corrective_action_ids"}
