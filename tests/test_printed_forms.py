"""The printed forms of all addons: what wkhtmltopdf makes of them."""
import re
import subprocess

from odoo.tests import HttpCase, TransactionCase

from database import shipped

#: Characters that Noto CJK draws with the glyph of a radical or a compatibility character.
CHINESE = "生产指令通知单车间工序入库大门水平长度日期用户文件检验金额型号气黄黑青面马高见角里行走足身非音页风飞首骨"
COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
SHEETS = {
    "order_review.paper_sheets": "",
    "document_control.paper_sheets": "",
    "document_control.paper_sheets (tag)": '<t t-set="paper_class">article o_qp_tag</t>',
}
LOGO = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAfbLI3wAAAABJRU5ErkJggg=="


def reports(env):
    """The print actions of the suite."""
    mine = env["ir.model.data"].search([("model", "=", "ir.actions.report"), ("module", "in", list(shipped()))])
    return env["ir.actions.report"].browse(mine.mapped("res_id"))


class TestPrintedText(HttpCase):
    def test_text_of_a_pdf_is_ordinary_chinese(self):
        """RPT-1: what is copied from a printed form, or searched in it, is ordinary Chinese, on every kind of sheet."""
        for sheets, options in SHEETS.items():
            with self.subTest(sheets):
                text = self._print(sheets.split()[0], options)
                self.assertFalse(COMPATIBLE.findall(text))
                self.assertIn(CHINESE, re.sub(r"\s", "", text))

    def _print(self, sheets, options):
        view = self.env["ir.ui.view"].create({
            "type": "qweb", "key": f"{sheets}_test", "name": "test",
            "arch": f'<t t-name="{sheets}_test"><t t-call="{sheets}">{options}<p>{CHINESE}</p></t></t>'})
        report = self.env["ir.actions.report"].create({
            "name": "test", "model": "res.company", "report_type": "qweb-pdf", "report_name": view.key})
        pdf, _kind = report.with_context(force_report_rendering=True)._render_qweb_pdf(report, self.env.company.ids)
        return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


class TestPrintedForms(TransactionCase):
    def test_paper_of_a_job_carries_its_styles(self):
        """RPT-1, DLV-3: what a job prints, and files for good, is dressed although it fetches nothing from a server."""
        report = self.env.ref("order_delivery.action_report_delivery_receipt").with_context(debug=False)
        html = self.env["ir.qweb"]._render("document_control.paper_sheets", {"docs": self.env.company, "0": ""})
        bodies, _ids, _header, footer, _arguments = report._prepare_html(html)
        for page in (*bodies, footer):
            self.assertNotRegex(page, '<link[^>]*rel="stylesheet"')
            self.assertIn(".o_qp_grid", page)

    def test_several_documents_print_at_once(self):
        """RPT-1: each form is one article, however many documents are chosen: wkhtmltopdf without the patched Qt
        refuses a second one."""
        for report in reports(self.env):
            with self.subTest(report.report_name):
                template = self.env["ir.ui.view"]._get_template_view(report.report_name).arch
                self.assertRegex(template, r'"(\w+\.paper_sheets|warehouse_scan\.label_sheets)"')
                self.assertNotIn("web.html_container", template)
        self.assertIn("paper_sheets", self.env.ref("warehouse_scan.label_sheets").arch)

    def test_heads_bear_the_logo(self):
        """RPT-1: both heads of forms show the company's logo and name, and no logo where Odoo's own is still in use."""
        company = self.env.company
        for head in ("order_review.paper_form_head", "document_control.paper_form_head"):
            for logo, shown in ((LOGO, 1), (False, 0)):
                with self.subTest(head, logo=bool(logo)):
                    company.logo = logo
                    self.assertEqual(self._head(head).count('alt="Logo"'), shown)

    def _head(self, head):
        document = self.env["ir.sequence"].new({"name": "PC2026-00007", "company_id": self.env.company.id})
        return str(self.env["ir.qweb"]._render(head, {
            "doc": document, "paper_title": "Form", "paper_number": "PC2026-00007", "paper_code": "x",
            "paper_company": self.env.company}))
