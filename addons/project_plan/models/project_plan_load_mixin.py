from odoo import api, models


class ProjectPlanLoadMixin(models.AbstractModel):
    """A document that lays work on resources other than departments, or such a resource; the load follows (PLN-3)."""

    _name = "project.plan.load.mixin"
    _description = "Moves a Load"

    #: Fields by which the load moves.
    _load_fields = ()

    def _get_load_resources(self):
        """Records of one model whose load these records move."""
        return self

    def _load_moved(self):
        # sudo: loads follow whoever moved something
        self.env["project.plan.load"]._refresh_later(self.sudo()._get_load_resources())

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._load_moved()
        return records

    def write(self, vals):
        if set(self._load_fields).isdisjoint(vals):
            return super().write(vals)
        self._load_moved()  # where it was
        result = super().write(vals)
        self._load_moved()  # where it is now
        return result

    def unlink(self):
        self._load_moved()
        return super().unlink()

    def _compute_field_value(self, field):
        result = super()._compute_field_value(field)
        if field.store and field.name in self._load_fields and any(self._ids):
            self.filtered("id")._load_moved()
        return result
