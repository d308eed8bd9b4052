import json

from odoo.http import request

from odoo.addons.document_control.controllers import export

#: Odoo writes every number to Excel with so many decimals, whatever its field has.
WRITTEN = 2


class MeasuredXlsxWriter(export.TextXlsxWriter):
    """A value keeps the decimals that it has: 0.012 mm is not shown as 0.01 (RPT-3)."""

    def __init__(self, fields, columns_headers, row_count):
        super().__init__(fields, columns_headers, row_count)
        self.measured_style = self.workbook.add_format({"text_wrap": True})  # as it is, as Excel writes what is typed
        self.measured = request.quality_export_columns

    def write_cell(self, row, column, cell_value):
        """A float of a field with more decimals is written as it is; all else as Odoo does it."""
        if isinstance(cell_value, float) and column in self.measured:
            return self.write(row, column, cell_value, self.measured_style)
        return super().write_cell(row, column, cell_value)


class GroupedMeasuredXlsxWriter(MeasuredXlsxWriter, export.GroupedTextXlsxWriter):
    pass


class ExcelExport(export.ExcelExport):
    """Odoo's export, where there are fields with more than two decimals."""

    def base(self, data):
        """Notes the columns of such fields for whoever writes the file."""
        said = json.loads(data)
        model, fields = request.env.get(said["model"]), said["fields"]
        if model is not None and not model._is_an_ordinary_table():
            fields = [field for field in fields if field["name"] != "id"]
        request.quality_export_columns = set() if model is None else {
            column for column, field in enumerate(fields) if self._has_decimals(model, field["name"])}
        return super().base(data)

    @staticmethod
    def _has_decimals(model, path):
        field = None
        for name in path.split("/"):
            field = model._fields.get(name)
            if field is None:
                return False
            if field.relational:
                model = model.env[field.comodel_name]
        digits = field.type == "float" and field.get_digits(model.env)
        return bool(digits) and digits[1] > WRITTEN

    def _get_writers(self):
        """Those that keep the decimals, where there are any to keep."""
        if request.quality_export_columns:
            return MeasuredXlsxWriter, GroupedMeasuredXlsxWriter
        return super()._get_writers()
