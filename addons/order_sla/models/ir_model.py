from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval


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
    def _describe_domain_fault(self, text, model):
        """What is wrong with a filter that somebody typed, in the reader's language.

        :param text: the filter, as it was typed
        :param model: recordset of the model that it is to filter
        """
        try:
            conditions = Domain(safe_eval(text or "[]")).iter_conditions()
            paths = [condition.field_expr for condition in conditions]
        except Exception:  # noqa: BLE001  (whatever is wrong with the text)
            return self.env._("it cannot be read: check its brackets, quotes and commas")
        for path in paths:
            place = model
            for name in path.split("."):
                if place is None or name not in place._fields:
                    return self.env._(
                        "%(model)s has no field \"%(field)s\"",
                        model=self._get((place if place is not None else model)._name).name, field=path)
                comodel = place._fields[name].comodel_name
                place = self.env[comodel] if comodel else None
        return self.env._("an operator or a value does not fit its field")

    @api.model
    def _instanciate_attrs(self, model_data):
        attrs = super()._instanciate_attrs(model_data)
        if model_data.get("is_sla") and attrs["_name"] != "sla.mixin":
            parents = attrs.get("_inherit") or []
            attrs["_inherit"] = ([parents] if isinstance(parents, str) else parents) + ["sla.mixin"]
        return attrs
