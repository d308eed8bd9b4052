from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

PICTURE = (  # one dot, as a signature
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")


class PaymentCommon(BaseCommon):
    """A salesperson, an accountant, and an order of 1,000 with 30 % down, 60 % before delivery and 10 % retention."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        if "order_review_policy" in cls.company._fields:  # beside order_review: what it gates is not the matter here
            cls.company.order_review_policy = "none"
            cls.company.contract_needs_down_payment = False
        cls.today = cls.company._get_today()
        cls.sales = cls._user("sales", "sales_team.group_sale_salesman")
        cls.manager = cls._user("manager", "sales_team.group_sale_manager")
        cls.accountant = cls._user("accountant", "account.group_account_invoice")
        cls.term = cls.env.ref("order_payment.payment_term_30_60_10")
        cls.kinds = {name: cls.env.ref(f"order_payment.order_payment_kind_{name}") for name in (
            "down_payment", "progress", "before_delivery", "delivery", "acceptance", "retention")}
        cls.partner = cls.env["res.partner"].create({
            "name": "Grid Company", "property_payment_term_id": cls.term.id})
        cls.product = cls.env["product.product"].create({
            "name": "Design work", "type": "service", "list_price": 1000.0, "invoice_policy": "order"})

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(
            cls.env, f"pay_{login}", groups=groups, email=f"{login}@pay.example", company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)])

    @classmethod
    def _order(cls, price=1000.0, confirm=True, quantity=1, **values):
        order = cls.env["sale.order"].create({
            "partner_id": cls.partner.id, "user_id": cls.sales.id,
            "order_line": [Command.create({
                "product_id": cls.product.id, "product_uom_qty": quantity, "price_unit": price,
                "tax_ids": [Command.clear()]})], **values})
        if confirm:
            order.action_confirm()
            cls._sign(order, fields.Datetime.now())
        return order

    @classmethod
    def _sign(cls, order, moment):
        """Beside order_review *signed* is the day of the customer's signature, else that of the confirmation."""
        order.write({"date_order": moment, "signed_on": moment, "signed_by": "Mr. Wang", "signature": PICTURE})

    @classmethod
    def _line(cls, kind, percent=0.0, **values):
        return {"kind_id": cls.kinds[kind].id, "percent": percent, **values}

    @classmethod
    def _lines(cls, *lines):
        return [Command.clear(), *(Command.create(line) for line in lines)]

    @classmethod
    def _age(cls, order, days):
        """The order was confirmed so many days ago."""
        cls._sign(order, fields.Datetime.now() - timedelta(days=days))

    @classmethod
    def _pay(cls, invoice, amount=None):
        """Post the invoice where it is a draft, and pay it, wholly or in part."""
        if invoice.state == "draft":
            invoice.action_post()
        wizard = cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids).create({})
        if amount:
            wizard.amount = amount
        return wizard._create_payments()
