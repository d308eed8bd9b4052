"""Two people act on claims at once, on two real connections."""
import unittest

import psycopg2

import odoo.api
from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

from cloning import cloned_database


class TestClaimConcurrency(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clone = cls.enterClassContext(cloned_database())
        with cls.clone.env() as env:
            env.company.write({"order_review_policy": "none", "delivery_needs_contract": False})
            heads = env["res.users"].with_context(no_reset_password=True).create([{
                "name": name, "login": f"cc_{name}", "group_ids": [Command.set([
                    env.ref("base.group_user").id, env.ref("order_delivery.group_delivery_manager").id])],
            } for name in ("one", "two")])
            cls.heads = heads.ids
            first, second = (cls._ship(env) for _each in range(2))
            claim = env["delivery.claim"]._make(first)
            claim.write({"forwarder_id": env["res.partner"].create({"name": "Road"}).id,
                         "received_on": env.company._get_today(),
                         "cause_id": env.ref("delivery_claim.claim_cause_loading").id})
            claim.line_ids.unit_value = 10
            claim.action_file()
            cls.claim, cls.notice = claim.id, second.id

    @classmethod
    def _ship(cls, env):
        product = env["product.product"].create({"name": "Cabinet", "type": "consu"})
        order = env["sale.order"].create({
            "partner_id": env["res.partner"].create({"name": "Grid Company"}).id,
            "order_line": [Command.create({"product_id": product.id})]})
        order.action_confirm()
        notice = env["delivery.notice"]._make(order.picking_ids)
        notice.write({"state": "released", "carriage": "carrier"})
        notice.line_ids.move_id.write({"quantity": 1, "state": "done"})
        notice.write({"state": "shipped", "shipped_on": fields.Datetime.now()})
        return notice

    def _both(self, model, id_, act, refused):
        """The second is turned back by the database, and repeated he meets what the first did."""
        with self.clone.cursor() as first, self.clone.cursor() as second:
            one, two = (odoo.api.Environment(cr, user, {})[model].browse(id_)
                        for cr, user in zip((first, second), self.heads, strict=True))
            self.assertTrue(one.display_name and two.display_name)  # both have read it
            act(one)
            one.env.flush_all()
            first.commit()
            with self.assertRaises(psycopg2.errors.SerializationFailure):
                act(two)
            second.rollback()
            two.env.invalidate_all()
            with self.assertRaisesRegex(UserError, refused):
                act(two)

    def test_two_settle_at_once(self):
        """DLV-7: one settlement stands, the other is told that it is settled."""
        self._both("delivery.claim", self.claim, lambda claim: claim.action_settle(
            5, note=f"Agreed with {claim.env.user.name}"), "Settled")

    def test_two_claim_at_once(self):
        """DLV-7: of two who claim the same delivery at once the second meets the claim of the first."""
        self._both("delivery.notice", self.notice, lambda notice: notice.action_make_claim(), "already")
