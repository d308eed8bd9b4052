import io
import json

import openpyxl

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged

NAME = "=S1+A1-QF1"


@tagged("post_install", "-at_install")
class TestExport(HttpCase):
    def export(self, *groupby):
        """Cells of the file: partners of these names, as a plain list or in groups."""
        partners = self.env["res.partner"].create([{"name": NAME, "function": NAME}, {"name": "Cabinet"}])
        clerk = new_test_user(self.env, "export_clerk", groups="base.group_user,base.group_allow_export")
        self.authenticate(clerk.login, clerk.login)
        answer = self.url_open("/web/export/xlsx", {"csrf_token": http.Request.csrf_token(self), "data": json.dumps({
            "model": "res.partner", "ids": False, "domain": [("id", "in", partners.ids)], "import_compat": False,
            "groupby": groupby, "context": {},
            "fields": [{"name": "name", "label": "Name", "type": "char"}]})})
        self.assertEqual(answer.status_code, 200, answer.text[:1000])
        return [cell for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows() for cell in row]

    def test_name_of_a_device_is_no_formula(self):
        """RPT-3: a text that begins with "=" stays the text that it is, in a plain list."""
        [cell] = [cell for cell in self.export() if cell.value == NAME]
        self.assertEqual(cell.data_type, "s")

    def test_name_of_a_device_is_no_formula_in_groups(self):
        """RPT-3: nor is it one in a grouped list, neither in its rows nor in the names of its groups."""
        cells = [cell for cell in self.export("function") if NAME in str(cell.value)]
        self.assertEqual([cell.data_type for cell in cells], ["s", "s"], [cell.value for cell in cells])
