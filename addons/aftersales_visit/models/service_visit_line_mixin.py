from odoo import api, fields, models
from odoo.exceptions import UserError


class ServiceVisitLineMixin(models.AbstractModel):
    """What hangs on a visit: open as long as the visit is, part of what was signed afterwards."""

    _name = "service.visit.line.mixin"
    _inherit = ["document.control.mixin"]
    _description = "Line of a Visit"
    _check_company_auto = True

    visit_id = fields.Many2one("service.visit", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="visit_id.company_id", store=True, index=True, precompute=True)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        for visit in lines.visit_id.filtered(lambda visit: visit._is_frozen()):
            raise UserError(self.env._(
                "%(visit)s is signed or cancelled: nothing is added to it. Make a new visit.", visit=visit.name))
        return lines

    @api.model
    def _get_line_fields(self):
        """What a technician enters."""
        return set()

    @api.model
    def _get_creatable_fields(self):
        return self._get_line_fields() | {"visit_id"}

    def _get_open_fields(self):
        return set() if self.visit_id._is_frozen() else self._get_line_fields()

    def _is_frozen(self):
        return self.visit_id._is_frozen()
