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

    @api.model
    def _follow_path(self, model, path):
        """The fields of a path such as ``partner_id.country_id``, and what is wrong with it in the reader's words.

        :param model: recordset at which the path starts
        :return: list of fields, problem or None
        """
        found = []
        for name in path.split("."):
            if found:
                if not found[-1].relational:
                    break  # a part of a date, or a property
                model = self.env[found[-1].comodel_name]
            if name not in model._fields:
                return found, self.env._(
                    "%(document)s has no field %(field)s.", field=name, document=self._get(model._name).name)
            found.append(model._fields[name])
        return found, None
