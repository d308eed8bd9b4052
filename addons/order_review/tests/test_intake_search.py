from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import ReviewCommon

STATES = ("incomplete", "complete", "ready")


@tagged("post_install", "-at_install")
class TestIntakeSearch(ReviewCommon):
    """The database finds what the order itself says of its intake."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sale.order"].search([("state", "in", ("draft", "sent"))])._action_cancel()  # of other addons' data
        cls.dormant = cls._product("Switch of long ago")
        cls.archived = cls._product("Old switch", production_status="discontinued", active=False)
        former = cls._order(cls.dormant)
        former._override_review("An order of the time before the reviews")
        former.action_confirm()
        former.date_order = fields.Datetime.now() - timedelta(days=4 * 365)
        cls.orders = cls._make_orders()

    @classmethod
    def _make_orders(cls):
        """Orders of each kind that checklist, class and policy tell apart."""
        option = [
            Command.create({"display_type": "line_section", "name": "Options", "is_optional": True, "sequence": 90}),
            Command.create({"product_id": cls.product.id, "product_uom_qty": 0, "sequence": 91})]
        note = [Command.create({"display_type": "line_note", "name": "Packed by crane"})]
        plain = dict.fromkeys(("technical_requirements", "project_background"), False)
        orders = cls.env["sale.order"].concat(
            cls._order(), cls._order(ready=False), cls._order(medium_id=False), cls._order(quantity=0),
            cls._order(user_id=False), cls._order(**plain), cls._order(has_penalty_clause=True, **plain),
            cls._order(cls.special), cls._order(cls.special, **plain), cls._order(cls.archived, **plain),
            cls._order(cls.dormant, **plain), cls._order(cls.special, project_background=False), cls._order())
        orders[0].order_line = option
        orders[1].order_line = note
        orders[7].write({"order_class": "regular", "order_class_reason": "Built three times this year"})
        orders[8].write({"order_class": "regular", "order_class_reason": "Built three times this year"})
        orders[5].write({"order_class": "non_regular", "order_class_reason": "A customer whom nobody knows"})
        handed_back = cls._order() | cls._order(cls.special)
        for order in handed_back:
            order._hand_back("Is the date right?")
        empty = cls._order(order_line=[])
        sent, returned, grown = cls._order(), cls._reviewed(conclusion="return"), cls._reviewed()
        cls._submit(sent)
        cls.product.design_class = "complete_set"  # after its review: a regular order that is none any more
        cls.product.design_class = "standard"
        grown.has_penalty_clause = True
        return orders | handed_back | empty | sent | returned | grown

    def _assert_found(self, orders, hint=None):
        self.env.cr.flush()
        self.env.invalidate_all()
        for state in STATES:
            told = orders.filtered(lambda order, state=state: order.intake_state == state)
            found = self.env["sale.order"].search([("intake_state", "=", state), ("id", "in", orders.ids)])
            self.assertEqual(found.sorted("id"), told.sorted("id"), (state, hint))

    def test_search_agrees_with_the_order(self):
        """INT-2, INT-5: whatever policy and checklist ask for, the lists hold what the orders themselves say."""
        orders = self.orders
        for policy in ("all", "non_regular", "none"):
            with self.subTest(policy=policy):
                self.company.order_review_policy = policy
                self._assert_found(orders)

    def test_each_state_is_met(self):
        """INT-2: the orders of these tests are of every state, so that an agreement says something."""
        orders = self.orders
        self.env.cr.flush()
        self.assertEqual(set(orders.mapped("intake_state")), {*STATES, False})

    def test_search_agrees_under_another_checklist(self):
        """INT-2, INT-5: checks and criteria of one's own, also such as no column answers, of one company or of all."""
        orders = self.orders
        other = self.env["res.company"].create({"name": "Other plant"})
        fields_ = {name: self.env["ir.model.fields"]._get("sale.order", name).id for name in (
            "is_reputation_critical", "amount_total", "amount_undiscounted", "note")}
        configured = [
            {"kind": "field", "field_id": fields_["amount_total"]},
            {"kind": "field", "field_id": fields_["is_reputation_critical"], "company_id": other.id},
            {"kind": "field", "field_id": fields_["note"], "order_class": "regular"},
            {"kind": "field", "field_id": fields_["amount_undiscounted"], "order_class": "non_regular"},
            {"kind": "document", "document_kind": "agreement", "order_class": "non_regular"},
            {"kind": "domain", "domain": "[('partner_id.name', 'ilike', 'grid')]"},
            {"kind": "domain", "domain": "[('order_line.product_id.list_price', '>=', 100)]"},
            {"kind": "domain", "domain": "[('partner_id.property_payment_term_id', '=', False)]"},
        ]
        for values in configured:
            with self.subTest(check=values), self.env.cr.savepoint():
                check = self.env["order.intake.check"].create({"name": "Our own", **values})
                self._assert_found(orders, values)
                check.unlink()
        for values in ({"kind": "order", "domain": "[('amount_total', '>', 0), ('user_id', '!=', False)]"},
                       {"kind": "product", "domain": "[('name', '=', 'Ring main unit')]"},
                       {"kind": "product", "domain": "[('standard_price', '>', 0)]"},
                       {"kind": "dormant", "years": 9, "company_id": self.company.id}):
            with self.subTest(criterion=values), self.env.cr.savepoint():
                criterion = self.env["order.class.criterion"].create({"name": "Our own", **values})
                self._assert_found(orders, values)
                criterion.unlink()

    def test_search_costs_the_same_for_few_and_many(self):
        """INT-2: the filters of the intake list take as many queries for thirty quotations as for three."""
        counts, one = [], self._order()
        for number in (3, 27):
            for _index in range(number):
                one.copy()
            self.env.cr.flush()
            self.env.invalidate_all()
            begin = self.env.cr.sql_log_count
            found = self.env["sale.order"].search([("intake_state", "in", ("incomplete", "complete"))])
            counts.append(self.env.cr.sql_log_count - begin)
            self.assertGreaterEqual(len(found), number)
        self.assertEqual(*counts)
