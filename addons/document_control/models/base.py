from odoo import api, models

from ..tools.handover import is_kept


class Base(models.AbstractModel):
    _inherit = "base"

    @api.model
    def _get_selection_labels(self, name):
        """Labels of a selection field in the user's language, by value.

        :param str name: field of this model
        :return: dict
        """
        return dict(self._fields[name]._description_selection(self.env))

    def _get_selection_label(self, name):
        """Label of the record's value of a selection field in the user's language; "" where it has none."""
        return self._get_selection_labels(name).get(self[name], "")

    @api.model
    def _get_field_label(self, name):
        """Label of a field in the user's language, as views show it."""
        return self._fields[name].get_description(self.env, ["string"])["string"]

    def _load_records_write(self, values):
        """A data file does not write what its addon has just taken over from another."""
        return None if is_kept(self) else super()._load_records_write(values)
