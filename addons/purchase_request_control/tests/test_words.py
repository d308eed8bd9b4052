from odoo.tests import TransactionCase, tagged


@tagged("-at_install", "post_install")
class TestWords(TransactionCase):
    def test_words_of_the_source_documents(self):
        """MAT-2: in Chinese the request is called 物料需求申请单 and a receipt 收货, also where purchase_request and
        Odoo say otherwise, and also after their own words were loaded."""
        self.env["res.lang"]._activate_lang("zh_CN")
        modules = self.env["ir.module.module"]
        for loaded in (["purchase_request"], ["stock"], ["purchase_request", "purchase_request_control", "stock"]):
            modules._load_module_terms(loaded, ["zh_CN"])
        chinese = self.env(context={"lang": "zh_CN"})
        self.assertEqual(chinese.ref("purchase_request.parent_menu_purchase_request").name, "物料需求申请单")
        self.assertEqual(chinese.ref("stock.in_picking").name, "收货")
        labels = chinese["purchase.request.line"].fields_get(["request_id", "name"], ["string"])
        self.assertEqual(labels["request_id"]["string"], "物料需求申请单")
        found = [menu.name for menu in chinese["ir.ui.menu"].search([("name", "ilike", "请购")])]
        self.assertFalse(found)

    def test_names_that_belong_to_their_users(self):
        """MAT-2: the warehouse's receipts, a record that Odoo overwrites no more, are called 收货, too, as long as they
        have Odoo's name; a name that somebody has given stays, whenever words are loaded."""
        self.env["res.lang"]._activate_lang("zh_CN")
        receipts = self.env.ref("stock.picking_type_in").with_context(lang="zh_CN")
        for name, found in (("收据", "收货"), ("来料接收", "来料接收")):
            receipts.name = name
            self.env["ir.module.module"]._load_module_terms(["purchase_request_control"], ["zh_CN"])
            self.assertEqual(receipts.name, found)
