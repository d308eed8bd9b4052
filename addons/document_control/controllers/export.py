from odoo.addons.web.controllers import export

#: What XlsxWriter 3.x takes for a formula, where it is told nothing else.
FORMULA = ("=", "{=")


class TextXlsxWriter(export.ExportXlsxWriter):
    """A text that begins with "=" stays a text: devices are called "=S1+A1-QF1" in their drawings (IEC 81346), and
    Excel would show 0 or an error for such a formula (RPT-3)."""

    def write(self, row, column, cell_value, style=None):
        if isinstance(cell_value, str) and cell_value.startswith(FORMULA):
            return self.worksheet.write_string(row, column, cell_value, style)
        return super().write(row, column, cell_value, style)


class GroupedTextXlsxWriter(TextXlsxWriter, export.GroupExportXlsxWriter):
    pass


class ExcelExport(export.ExcelExport):
    """Odoo's export, with a writer that an addon may choose."""

    def _get_writers(self):
        """:return: classes that write a plain and a grouped list"""
        return TextXlsxWriter, GroupedTextXlsxWriter

    def from_data(self, fields, columns_headers, rows):
        """The file of a plain list."""
        with self._get_writers()[0](fields, columns_headers, len(rows)) as writer:
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    writer.write_cell(number, column, value)
        return writer.value

    def from_group_data(self, fields, columns_headers, groups):
        """The same with the groups of the list."""
        with self._get_writers()[1](fields, columns_headers, groups.count) as writer:
            row, column = 1, 0
            for name, group in groups.children.items():
                row, column = writer.write_group(row, column, name, group)
        return writer.value
