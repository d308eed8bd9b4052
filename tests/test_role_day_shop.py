"""A manufacturing order from *New* to the fitter's signature on the phone; what it costs in clicks."""
from odoo.addons.quality_production.tests.common import ProductionCommon

import role_day

SIGNED = ".o_process_operation_done"


class TestShopDays(ProductionCommon, role_day.RoleDays):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.planner | cls.operator).write({"lang": "zh_CN", "tz": "Asia/Shanghai", "odoobot_state": "disabled"})

    def test_shop_days(self):
        """FQC-1, FQC-2: the planner makes an order with New, the fitter signs its first operation on the phone, from
        the login on, for what the table of costs says."""
        order = self._plan()
        self._fit(order.process_card_id)

    def _plan(self):
        with self.day(self.planner.login) as planner:
            planner.start("mrp.menu_mrp_root")
            planner.menu("mrp.menu_mrp_manufacturing", "mrp.menu_mrp_production_action")
            planner.click(".o_list_button_add")
            planner.choose("[name=product_id]", "Cabinet")
            planner.click("button[name=action_confirm]")
            planner.see(".o_arrow_button_current[data-value=confirmed]")
        self.cost("planner", "manufacturing order confirmed", planner)
        order = self.env["mrp.production"].search([("product_id", "=", self.cabinet.id)])
        self.assertRecordValues(order, [{"state": "confirmed", "create_uid": self.planner.id}])
        return order

    def _fit(self, card):
        name = card.name
        with self.day(self.operator.login, phone=True) as fitter:
            fitter.click(".o_kanban_record", name)
            fitter.click("button[name=action_open_page]")
            fitter.click(".o_process_received_ok")
            fitter.click(".o_process_point .btn-outline-success")
            fitter.fill(".o_process_point input", "22")
            fitter.click(".o_process_sign")
            fitter.see(SIGNED, "Mounting")
        self.cost("fitter", "parts received, first operation signed (phone)", fitter)
        self.assertRecordValues(card.line_ids[0], [{"state": "done", "self_checked_by": self.operator.id}])
