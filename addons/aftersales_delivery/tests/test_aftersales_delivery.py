from odoo import fields
from odoo.tests import tagged

from odoo.addons.order_delivery.tests.common import PNG, DeliveryCommon
from odoo.addons.order_delivery.tests.test_page import SIGNATURE


@tagged("post_install", "-at_install")
class TestAftersalesDelivery(DeliveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service_desk = cls.env["service.desk"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.service_desk.ask_delivery = True

    def _sign_paper(self, notice):
        paper = self.env["ir.attachment"].with_user(self.logistics).create({"name": "receipt.png", "raw": PNG})
        notice.with_user(self.logistics).action_register_receipt(paper, "Mr. Wang", fields.Date.today())

    def _asked(self, order):
        return self.env["service.satisfaction"].search([("order_id", "=", order.id)])

    def test_asked_when_the_paper_is_filed(self):
        """AFT-6: the signed receipt is filed: the customer is asked once, about his order."""
        notice = self._shipped()
        order = notice.sudo().order_id
        self.assertFalse(self._asked(order))
        self._sign_paper(notice)
        notice.sudo()._follow()
        self.assertRecordValues(self._asked(order), [{
            "occasion": "delivery", "email": "office@power.example", "partner_id": self.customer.id,
            "desk_id": self.service_desk.id, "user_id": self.seller.id, "state": "asked", "request_id": False}])
        mail = self.env["mail.mail"].search([("model", "=", "service.satisfaction"), (
            "res_id", "=", self._asked(order).id)])
        self.assertIn(order.name, mail.body_html)

    def test_asked_when_the_crates_are_signed(self):
        """AFT-6: the site signs by the code on the crate: he is asked by the job, not while the site waits."""
        notice = self._shipped()
        notice.sudo().crate_ids._answer({"signer": "Mr. Wang", "signature": SIGNATURE})
        self.assertEqual(notice.state, "signed")
        self.assertFalse(self._asked(notice.sudo().order_id))
        self._run_job()
        self.assertEqual(len(self._asked(notice.sudo().order_id)), 1)

    def test_several_trucks_are_asked_about_once(self):
        """AFT-6: of an order that leaves on two trucks he is asked once, with the last receipt."""
        order = self._order()
        for move in order.picking_ids.move_ids:
            move.quantity = 3
        order.picking_ids.action_split_transfer()
        first, second = (self._notice_of(picking) for picking in order.picking_ids.sorted("id"))
        for notice in (first, second):
            self._ship(notice)
            notice.sudo()._follow()
        self._sign_paper(first)
        self.assertFalse(self._asked(order))
        self._sign_paper(second)
        self.assertEqual(len(self._asked(order)), 1)

    def _notice_of(self, picking):
        notice = self.env["delivery.notice"].with_user(self.desk)._make(picking.with_user(self.desk))
        soon = fields.Datetime.add(fields.Datetime.now(), days=2)
        notice.write({"date_planned": soon, "date_arrival": soon, "contact_name": "Mr. Wang", "packing": "Crates"})
        notice.action_release()
        return notice

    def test_who_is_not_asked(self):
        """AFT-6: a desk that does not ask, a company without one, a customer without address: the receipt is filed
        all the same."""
        for values in ({"ask_delivery": False}, {"active": False}):
            self.service_desk.write(values)
            notice = self._shipped()
            self._sign_paper(notice)
            self.assertEqual(notice.state, "signed")
            self.assertFalse(self._asked(notice.sudo().order_id))
        self.service_desk.write({"ask_delivery": True, "active": True})
        notice = self._shipped()
        self.customer.email = False
        self._sign_paper(notice)
        self.assertFalse(self._asked(notice.sudo().order_id))
