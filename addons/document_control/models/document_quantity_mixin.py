from odoo import models
from odoo.models import parse_read_group_spec
from odoo.tools import SQL


class DocumentQuantityMixin(models.AbstractModel):
    """Quantities have a total only where they are in one unit: kilograms are not added to pieces."""

    _name = "document.quantity.mixin"
    _description = "Quantities in One Unit"

    #: Field with the unit that the quantities of a record are in.
    _quantity_unit = "product_uom_id"

    def _read_group_select(self, aggregate_spec, query):
        select = super()._read_group_select(aggregate_spec, query)
        if aggregate_spec == "__count":
            return select
        name, _property, function = parse_read_group_spec(aggregate_spec)
        if function != "sum" or getattr(self._fields[name], "_digits", None) != "Product Unit":
            return select
        unit = self._field_to_sql(self._table, self._quantity_unit, query)
        return SQL("CASE WHEN COUNT(DISTINCT %s) < 2 THEN %s END", unit, select)
