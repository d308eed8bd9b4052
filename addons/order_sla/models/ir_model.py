from odoo import api, fields, models


class IrModel(models.Model):
    _inherit = "ir.model"

    is_sla = fields.Boolean(
        string="Has Time Limits", default=False, readonly=True,
        help="Records of this model can be watched by time limit policies.")

    def _reflect_model_params(self, model):
        vals = super()._reflect_model_params(model)
        vals["is_sla"] = isinstance(model, self.pool["sla.mixin"]) and not model._abstract
        return vals

    @api.model
    def _instanciate_attrs(self, model_data):
        attrs = super()._instanciate_attrs(model_data)
        if model_data.get("is_sla") and attrs["_name"] != "sla.mixin":
            parents = attrs.get("_inherit") or []
            attrs["_inherit"] = ([parents] if isinstance(parents, str) else parents) + ["sla.mixin"]
        return attrs
