"""The morning at the kitting board, and a part that is missing on the shelf; desktop and phone."""
import os
from datetime import timedelta

from odoo import fields

from odoo.addons.material_shortage.tests.common import ShortageCommon

import role_day


class TestShortageDays(ShortageCommon, role_day.RoleDays):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.planner | cls.fitter | cls.head_buyer | cls.boss | cls.storekeeper).odoobot_state = "disabled"
        late = cls.make_product("Vacuum circuit breaker VS1-12/1250-31.5")
        cls.buy(late, 2, days=12)
        cls.put(cls.breaker, 10)
        cls.green = cls.make_order([(cls.breaker, 6)], days=1, origin="S00812 Substation East")
        cls.amber = cls.make_order([(late, 2)], days=5, origin="S00815 Substation West")
        cls.red = cls.make_order([(cls.busbar, 4), (cls.breaker, 2)], days=8, origin="S00816 Ring main")
        (cls.green | cls.red).action_assign()
        cls.env.flush_all()
        cls.env["material.pegging"]._refresh()
        cls.env["material.pegging"]._on_refreshed(None)

    def _shot(self, person, name):
        """A picture for whoever looks at the screens; only where a folder is named."""
        if os.environ.get("SHOTS"):
            person.see("body")
            person.browser.take_screenshot(prefix=name).result(20)

    def setUp(self):
        super().setUp()
        self.red_name, self.owner = self.red.name, self.head_buyer.name  # inside a day the database is the browser's

    def test_board_and_chase(self):
        """MAT-3, MAT-4: the planner sees red, amber and green; one click shows what is missing and who brings it; the
        owner promises a date."""
        with self.day(self.planner.login) as planner:
            planner.start("material_shortage.material_shortage_menu_root")
            planner.see(".o_data_row .badge", "Missing")
            for text in ("Complete", "Late"):
                planner.see(".o_data_row .badge", text)
            self._shot(planner, "board_")
            planner.click(".o_data_row td[name=production_id]", self.red_name)
            planner.see(".o_data_row", "Busbar")
            self.assertFalse(planner.is_there(".o_data_row", "Vacuum"), "only what this order misses")
            self.assertLessEqual(planner.clicks, 3)
            planner.click(".o_data_row td[name=cause]")
            planner.see(".o_form_view [name=owner_id]", self.owner)
            self._shot(planner, "shortage_")
            planner.click("button", "Promise a Date")
            day = fields.Date.today() + timedelta(days=15)
            planner.click(".modal .modal-title")  # the calendar of the first field is open
            planner.fill(".modal [name=text] textarea", "Express from the works")
            planner.fill(".modal [name=date] input", day.strftime("%m/%d/%Y"))
            planner.click(".modal .modal-title")
            planner.click(".modal button[name=action_answer]")
            planner.see(".o_arrow_button_current", "Promised")
        line = self.lines(self.red)
        line.invalidate_recordset()
        self.assertRecordValues(line, [{"state": "promised", "countermeasure": "Express from the works"}])

    def test_board_on_a_phone(self):
        """MAT-3: at 390 px the board is cards, no wider than the screen."""
        with self.day(self.planner.login, phone=True, page="/odoo/kitting") as planner:
            planner.see(".o_kanban_record", self.red_name)
            self._shot(planner, "phone_board_")
            self.assertTrue(planner._evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
            planner.click(".o_kanban_record", self.red_name)
            planner.see(".o_kanban_record, .o_data_row", "Busbar")
            self._shot(planner, "phone_missing_")

    def test_missing_on_the_shelf(self):
        """MAT-10: on the phone, from the order with one tap: report, choose the part; how many is proposed."""
        order = self.green.id
        with self.day(self.fitter.login, phone=True, page=f"/odoo/mrp.production/{order}") as fitter:
            fitter.click(".o_form_sheet button[name=action_report_shortage]")
            fitter.click(".modal [name=product_id] input")
            fitter.click(".o-autocomplete--dropdown-item a, .modal .o_kanban_record", "Breaker")
            self._shot(fitter, "phone_report_")
            self.assertTrue(fitter._evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
            fitter.fill(".modal [name=quantity] input", "2")
            fitter.click(".modal button[name=action_report]")
            fitter.see(".o_notification", self.owner)
        self.assertRecordValues(self.lines(self.green), [{
            "reported_quantity": 2, "reported_by": self.fitter.id, "state": "open"}])
