"""What people take to Excel, read back as Excel reads it."""
import io
import json

import openpyxl

from odoo import http


class Excel:
    """Steps for :class:`chain_company.ChainCompany`."""

    def excel(self, login, records, template):
        """Rows that a person exports by a ready template: dicts of cells, by the path of their column."""
        paths = self.env.ref(template).export_fields.mapped("name")
        self.users[login].group_ids += self.env.ref("base.group_allow_export")
        self.env.flush_all()
        self.authenticate(login, "demo")
        answer = self.url_open("/web/export/xlsx", {"csrf_token": http.Request.csrf_token(self), "data": json.dumps({
            "model": records._name, "ids": records.ids, "domain": [], "import_compat": False,
            "fields": [{"name": path, "label": path, "type": self.type_of(records, path)} for path in paths],
            "context": {"lang": "zh_CN", "tz": "Asia/Shanghai", "allowed_company_ids": self.company.ids}})})
        self.env.invalidate_all()
        self.assertEqual(answer.status_code, 200, answer.text[:2000])
        head, *rows = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows()
        return [dict(zip([cell.value for cell in head], row, strict=True)) for row in rows]

    def type_of(self, records, path):
        """The type of the field at the end of a column's path."""
        for name in path.split("/"):
            field = records._fields[name]
            records = self.env[field.comodel_name] if field.relational else None
        return field.type
