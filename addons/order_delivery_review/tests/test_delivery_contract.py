from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.order_delivery.tests.common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDeliveryContract(DeliveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.delivery_needs_contract = True
        cls.reviewer = cls._person("reviewer", "order_review.group_order_review_desk")

    def _sign(self, order):
        document = self.env["order.document"].create({
            "order_id": order.id, "kind": "contract", "name": "Contract", "datas": "JVBERi0xLjQ=",
            "file_name": "contract.pdf"})
        order.with_user(self.reviewer)._register_contract(document, "Mr. Wang", fields.Date.today())

    def test_contract_in_effect(self):
        """DLV-1: without it the notice is not released; the company may do without it."""
        notice = self._notice(release=False)
        with self.assertRaisesRegex(UserError, "contract of .* is not in effect. → order desk"):
            notice.action_release()
        self.company.delivery_needs_contract = False
        notice.action_release()
        self.company.delivery_needs_contract = True
        notice.action_withdraw("The contract is asked for")
        self._sign(notice.sudo().order_id)
        notice.action_release()
        self.assertEqual(notice.state, "released")

    def test_contract_changed_after_release(self):
        """DLV-1: a contract that is no longer what was signed holds the goods up at the gate."""
        order = self._order()
        self._sign(order)
        notice = self._notice(order)
        order.write({"order_line": [Command.update(order.order_line[0].id, {"price_unit": 1234})]})
        with self.assertRaisesRegex(UserError, "changed since its contract was signed"):
            self._ship(notice)
