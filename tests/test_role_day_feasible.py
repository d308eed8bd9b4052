"""The salesperson's minute on the telephone: when can it be there? From the login page."""
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

import role_day


class TestFeasibleDay(role_day.RoleDays):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        new_test_user(cls.env, "day_sales", groups="base.group_user,sales_team.group_sale_salesman", name="王销售",
                      lang="zh_CN", tz="Asia/Shanghai", odoobot_state="disabled")
        cls.cabinet, cls.breaker = cls.env["product.product"].create([
            {"name": name, "type": "consu", "is_storable": True, "sale_delay": 0}
            for name in ("KYN28A-12 柜", "VS1 断路器")])
        cls.env["product.supplierinfo"].create({
            "partner_id": cls.env["res.partner"].create({"name": "真空电器厂"}).id, "delay": 30, "price": 1,
            "product_tmpl_id": cls.breaker.product_tmpl_id.id})
        cls.env["mrp.bom"].create({
            "product_tmpl_id": cls.cabinet.product_tmpl_id.id,
            "bom_line_ids": [Command.create({"product_id": cls.breaker.id, "product_qty": 1})]})
        cls.order = cls.env["sale.order"].create({
            "partner_id": cls.env["res.partner"].create({"name": "华能江苏能源开发有限公司"}).id,
            "user_id": cls.env["res.users"].search([("login", "=", "day_sales")]).id,
            "commitment_date": fields.Datetime.now() + timedelta(days=5),
            "order_line": [Command.create({"product_id": cls.cabinet.id, "product_uom_qty": 2})]})

    def test_sales_promises_what_can_be_kept(self):
        """REV-10: sales opens the quotation, clicks, sees date and constraint in red, and takes the date over."""
        asked, name = self.order.requested_date, self.order.name
        with self.day("day_sales") as sales:
            sales.start("sale.sale_menu_root")
            sales.click(".o_data_row td[name=name]", name)
            sales.click("button[name=action_feasible_date]")
            sales.see(".modal [name=obstacles]", "真空电器厂")
            sales.see(".modal .o_data_row .text-danger")
            sales.click(".modal button[name=action_take_over]")
            sales.see("body:not(:has(.modal))")
        self.assertEqual(self.order.requested_date, asked)
        self.assertGreaterEqual(self.order.commitment_date.date(), asked + timedelta(days=30))
