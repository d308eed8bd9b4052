"""What fits on the screens of the people who work with the suite, measured in the browser, in Chinese."""
from odoo.tests import HttpCase, tagged

import quality_company as qc

#: Numbers are whole, rows have two lines at most, buttons are on the screen, nothing is to be scrolled sideways.
LIST = """
    const list = document.querySelector(".o_list_renderer");
    const problems = [];
    if (list.scrollWidth > list.clientWidth) {
        problems.push(`the list is ${list.scrollWidth} px wide, the screen ${list.clientWidth}`);
    }
    for (const row of list.querySelectorAll(".o_data_row")) {
        if (row.offsetHeight > 64) {
            problems.push(`a row is ${row.offsetHeight} px high`);
        }
    }
    for (const cell of list.querySelectorAll("td[name=name], td[name=nonconformity_id], td[name=inspection_id]")) {
        if (cell.scrollWidth > cell.clientWidth + 1) {
            problems.push(`cut: ${cell.innerText}`);
        }
    }
    for (const button of list.querySelectorAll(".o_data_row button")) {
        if (button.getBoundingClientRect().right > window.innerWidth) {
            problems.push(`off the screen: ${button.innerText}`);
        }
    }
"""
#: Nothing is wider than the screen; what a finger has to hit is 44 px at least.
PHONE = """
    const problems = [];
    if (document.documentElement.scrollWidth > window.innerWidth) {
        problems.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    }
    const main = document.querySelector(".o_action_manager");
    for (const target of main.querySelectorAll(".btn:not(.p-0), .nav-link, .form-check")) {
        const { width, height } = target.getBoundingClientRect();
        if (width && (height < 43.9 || width < 43.9)) {
            problems.push(`${target.className}: ${Math.round(width)} x ${Math.round(height)}`);
        }
    }
"""
REPORT = """
    if (problems.length) {
        console.error(problems.join("; "));
    } else {
        console.log("test successful");
    }
"""


@tagged("post_install", "-at_install")
class TestScreensInBrowser(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = qc.hire(cls.env)
        cls.env.ref("base.group_user")._apply_group(cls.env.ref("uom.group_uom"))
        product = qc.component(cls.env, "[VS1-12/1250-31.5] VS1-12/1250-31.5 户内真空断路器（手车式）")
        qc.plan(cls.env, product)
        supplier = cls.env["res.partner"].create({"name": "双辰开关电器股份有限公司"})
        waiting, rejected = (
            qc.buy(cls.env, product, quantity, supplier).picking_ids for quantity in (500, 300))
        qc.receive(waiting | rejected)
        cls.inspection = qc.inspections(waiting)
        qc.inspect(qc.inspections(rejected), defects=5)
        cls.report = cls.env["quality.nonconformity"].search([("product_id", "=", product.id)], limit=1)

    def _measure(self, role, path, code, there):
        self.browser_js(path, code + REPORT, f"!!document.querySelector('{there}')", login=qc.login(role), timeout=120)

    def test_lists_fit_a_notebook(self):
        """UI: at 1366 px the queue, the inspections and the reports show whole numbers, low rows and every button."""
        for role, action in (
                ("inspector", "quality_inspection_action_queue"), ("head", "quality_inspection_action"),
                ("head", "quality_nonconformity_action")):
            with self.subTest(action):
                self._measure(role, f"/odoo/action-quality_inspection.{action}", LIST, ".o_list_renderer .o_data_row")

    def test_forms_fit_a_phone(self):
        """UI: at 390 px the forms are no wider than the screen, and buttons, tabs, boxes and choices have 44 px."""
        self.browser_size, self.touch_enabled = "390x844", True
        self.addCleanup(lambda: [self.__dict__.pop(name) for name in ("browser_size", "touch_enabled")])
        for role, path, there in (
                ("inspector", f"/odoo/quality.inspection/{self.inspection.id}", ".o_form_view .nav-link"),
                ("inspector", f"/odoo/quality.nonconformity/{self.report.id}", ".o_form_view .nav-link"),
                ("guard", "/odoo/action-stock_gate_pass.gate_scan_action", ".o_gate_find"),
                ("inspector", "/odoo/action-quality_inspection.quality_inspection_action_queue",
                 ".o_kanban_record .btn"),
        ):
            with self.subTest(path):
                self._measure(role, path, PHONE, there)
