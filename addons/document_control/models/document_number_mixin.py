from odoo import api, models

from ..tools.entered_values import check_number


class DocumentNumberMixin(models.AbstractModel):
    """Numbers that people type, import or send can be kept; one that is none is refused by its field's name.

    ``create``, ``write`` and ``onchange`` look at what was given before anything is rounded or computed from it; the
    lines that come with a document are looked at by their own ``create``, in a form by the ``onchange`` of its head.

    Fenced models and controlled documents have it by their mixin; settings, lists and windows take it by itself.
    """

    _name = "document.number.mixin"
    _description = "Numbers that Can Be Kept"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_numbers(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_numbers(vals)
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        self._check_numbers(values, lines=True)
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _check_numbers(self, vals, lines=False):
        """Whether each number among the values can be kept by its field.

        :param lines: look at the lines among the values too
        :raise UserError: one of them is no number, or too large to be kept
        """
        for name, value in vals.items():
            field = self._fields.get(name)
            if field is None or not value:
                continue
            if field.type in ("integer", "float", "monetary", "many2one_reference"):
                check_number(self, field, value)
            elif lines and field.type in ("one2many", "many2many"):
                below = self.env[field.comodel_name]
                for command in value if hasattr(below, "_check_numbers") else ():
                    if len(command) == 3 and isinstance(command[2], dict):
                        below._check_numbers(command[2], lines=True)

    @api.model
    def _get_model_label(self):
        """Name of the model in the user's language."""
        return self.env["ir.model"]._get(self._name).name
