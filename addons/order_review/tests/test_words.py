from odoo.tests import TransactionCase, tagged


@tagged("-at_install", "post_install")
class TestWords(TransactionCase):
    def test_customers_page_and_units_in_chinese(self):
        """REV-5: what Odoo leaves in English on the customer's page of an order, or calls 单元, has our word."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["sale", "order_review"], ["zh_CN"])
        chinese = self.env(context={"lang": "zh_CN"})
        page = chinese.ref("sale.sale_order_portal_content").arch
        self.assertNotIn("Delivery Date:", page)
        self.assertIn("交货期：", page)
        self.assertEqual(chinese["sale.order.line"].fields_get(["product_uom_id"])["product_uom_id"]["string"], "单位")
