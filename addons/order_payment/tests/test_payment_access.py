from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import PaymentCommon


@tagged("-at_install", "post_install")
class TestPaymentAccess(PaymentCommon, HttpCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()

    def _seen(self, user):
        return self.env["order.payment.line"].with_user(user).search([("order_id", "=", self.order.id)])

    def test_who_sees_a_payment(self):
        """ARC-5, PAY-2: sales see their own orders' payments, their manager and finance all, nobody else any."""
        for user in (self.sales, self.manager, self.accountant):
            self.assertEqual(len(self._seen(user)), 3, user.name)
        for user in (self._user("colleague", "sales_team.group_sale_salesman"), self._user("clerk", "base.group_user")):
            self.assertFalse(self._seen(user), user.name)

    def test_portal_reads_none(self):
        """ARC-5: a customer reads his plan on his page, not by RPC."""
        portal = new_test_user(self.env, "pay_portal", groups="base.group_portal", partner_id=self.partner.id)
        with self.assertRaises(AccessError):
            self._seen(portal)

    def test_sister_company(self):
        """ARC-5: finance of a sister company does not see the payments."""
        sister = self.env["res.company"].create({"name": "Sister"})
        theirs = new_test_user(
            self.env, "pay_sister", groups="account.group_account_invoice", company_id=sister.id,
            company_ids=[Command.set(sister.ids)])
        self.assertFalse(self._seen(theirs))

    def test_finance_writes_no_terms(self):
        """ARC-5: finance reads, invoices, and tells events; the terms of a quotation are sales' matter."""
        line = self._order(confirm=False).payment_line_ids[0]
        with self.assertRaises(AccessError):
            line.with_user(self.accountant).percent = 20
        line.with_user(self.sales).percent = 20
        self.assertEqual(line.percent, 20)

    def test_customers_page_and_paper_show_the_plan(self):
        """PAY-2: the order's page and its PDF show the plan in plain words."""
        self.order.payment_term_id.note = "30 percent with the order"
        page = self.url_open(self.order.get_portal_url()).text
        for word in ("Payment plan", "Down payment", "7 days after: Contract signed", "12 months after", "Retention"):
            self.assertIn(word, page)
        self.assertNotIn("Payment terms", page, "the plan says it")
        paper = self.env["ir.actions.report"]._render_qweb_html("sale.report_saleorder", self.order.ids)[0].decode()
        self.assertIn("Payment plan", paper)
        self.assertIn("12 months after: Accepted or commissioned", paper)
        for text in (page, paper):
            self.assertNotIn("30 percent with the order", text, "the plan may have been changed since")
        plain = self._order(payment_term_id=False)
        self.assertNotIn("Payment plan", self.url_open(plain.get_portal_url()).text)
