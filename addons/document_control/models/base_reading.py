from odoo import api, models
from odoo.exceptions import AccessError

LISTS = ("one2many", "many2many")
NUMBERS = ("integer", "float", "monetary")


class Base(models.AbstractModel):
    _inherit = "base"

    @api.readonly
    def web_read(self, specification):
        """What the client reads of records: whoever may read them sees them, without what he may not read.

        A form of Odoo's shows lists and figures of many addons: the bills of a purchase order, the repairs of a serial
        number. One of them raises for whoever may not read bills or repairs, and with it the whole form, also for the
        people whom the order itself waits for. Here such a field is empty. Refused as ever are the records themselves,
        and fields that are kept from the user's groups.

        :param dict specification: fields, and what to read of their records, as in ``web``
        :return: list of dicts, as in ``web``
        :raises AccessError: the records, or a field that is not for the user's groups
        """
        read = super().web_read
        try:
            return read(specification)
        except AccessError:
            self.check_access("read")
            fields = [self._fields[name] for name in specification if name in self._fields]
            if not all(self._has_field_access(field, "read") for field in fields):
                raise
            self.env.flush_all()  # a refusal of what was written before stays one
        return self._read_field_by_field(specification, read)

    def _read_field_by_field(self, specification, read):
        rows = {}
        for name, wanted in specification.items():
            try:
                values = read({name: wanted})
            except AccessError:
                values = self._read_nothing(name)
            for row in values:
                rows.setdefault(row["id"], {}).update(row)
        return list(rows.values())

    def _read_nothing(self, name):
        self.invalidate_recordset([name], flush=False)  # what its computation left is half of the truth
        kind = self._fields[name].type
        nothing = [] if kind in LISTS else 0 if kind in NUMBERS else False
        return [{"id": record._origin.id, name: nothing} for record in self]
