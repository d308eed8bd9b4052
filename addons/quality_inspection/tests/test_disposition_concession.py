from datetime import datetime

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_ncr import NonconformityCommon


@tagged("post_install", "-at_install")
class TestDispositionConcession(NonconformityCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.relay = cls._product("Relay", "lot")
        cls.lot, cls.good = cls._lots(cls.relay, "C1", "C2")
        cls.order, cls.other_order = cls.env["stock.reference"].create([{"name": "SO-A"}, {"name": "SO-B"}])

    def _conceded(self, **values):
        record = self._rejected(self.relay, 10, self.lot)
        return self._decide(record, ("concession", 10, values))

    def _delivery(self, reference, quantity=4):
        move = self.env["stock.move"].create({
            "product_id": self.relay.id, "product_uom": self.relay.uom_id.id, "product_uom_qty": quantity,
            "location_id": self.stock.id, "location_dest_id": self.customers.id, "company_id": self.company.id,
            "picking_type_id": self.warehouse.out_type_id.id,
            "reference_ids": [Command.set(reference.ids)]})
        move._action_confirm(merge=False)
        return move

    def _force(self, move, lot):
        """The storekeeper types the lot himself."""
        self.env["stock.move.line"].with_user(self.keeper).create({
            "move_id": move.id, "picking_id": move.picking_id.id, "product_id": self.relay.id, "lot_id": lot.id,
            "quantity": 1, "location_id": self.stock.id, "location_dest_id": self.customers.id})

    def test_limited_to_orders(self):
        """NCR-4: a lot conceded for an order is reserved and shipped for it only: not by itself, not by hand."""
        self._conceded(limited_reference_ids=[Command.set(self.order.ids)], limited_to="SO-A")
        other, mine = self._delivery(self.other_order), self._delivery(self.order)
        (other | mine)._action_assign()
        self.assertEqual(other.quantity, 0, "passed over")
        self.assertRecordValues(mine, [{"state": "assigned", "quantity": 4}])
        with self.assertRaisesRegex(UserError, "conceded for SO-A only"), self.env.cr.savepoint():
            self._force(other, self.lot)
        mine.picked = True
        mine._action_done()
        self.assertEqual(mine.state, "done")

    def test_other_lots_stay_free(self):
        """NCR-4: the limits concern the conceded lot; other lots of the product serve every order."""
        self._conceded(limited_reference_ids=[Command.set(self.order.ids)])
        self._put(self.relay, 4, lot=self.good)
        other = self._delivery(self.other_order)
        other._action_assign()
        self.assertEqual(other.move_line_ids.lot_id, self.good)

    def test_the_rest_of_the_lot_is_limited_too(self):
        """NCR-4: 90 of a lot are in stock, 10 are conceded for an order: who decides is told that all are limited."""
        self._put(self.relay, 90, lot=self.lot)
        record = self._rejected(self.relay, 10, self.lot)
        row = self._propose(record, ("concession", 10, {"limited_reference_ids": [Command.set(self.order.ids)]}))
        self.assertIn("90 Units of C1 were accepted", row.limit_note)
        self.assertEqual(record.with_user(self.head).limit_note, row.limit_note)
        row.limited_reference_ids = False
        self.assertFalse(row.limit_note or record.limit_note)
        row.limited_reference_ids = self.order
        record.with_user(self.head).action_decide()
        self.assertIn("90 Units of C1 were accepted", "".join(record.message_ids.mapped("body")))
        self.assertFalse(record.limit_note)
        other = self._delivery(self.other_order)
        other._action_assign()
        self.assertEqual(other.quantity, 0)

    def test_nothing_else_is_limited(self):
        """NCR-4: of serial numbers, and of a lot of which nothing is in stock, the limits concern what is conceded."""
        record = self._rejected(self.relay, 10, self.lot)
        limits = {"limited_reference_ids": [Command.set(self.order.ids)]}
        self.assertFalse(self._propose(record, ("concession", 10, limits)).limit_note)
        breaker = self._product("Breaker", "serial")
        one, two = self._lots(breaker, "S1", "S2")
        self._put(breaker, 1, lot=two)
        record = self._rejected(breaker, 1, one)
        self.assertFalse(self._propose(
            record, ("concession", 1, {**limits, "lot_ids": [Command.set(one.ids)]})).limit_note)

    def test_limited_to_a_demand(self):
        """NCR-4: a demand named as limit lets its order use the lot, and no other."""
        mine, other = self._delivery(self.order), self._delivery(self.other_order)
        self._conceded(limited_move_ids=[Command.set(mine.ids)])
        (other | mine)._action_assign()
        self.assertEqual((mine.quantity, other.quantity), (4, 0))

    def test_valid_until(self):
        """NCR-4: after its last day a conceded lot is used no more, what was reserved before included."""
        with freeze_time(datetime(2026, 3, 4, 9, 0)):
            self._conceded(valid_until="2026-03-06")
            move = self._delivery(self.order)
            move._action_assign()
            self.assertEqual(move.quantity, 4)
        with freeze_time(datetime(2026, 3, 6, 9, 0)):
            later = self._delivery(self.order, 1)
            later._action_assign()
            self.assertEqual(later.quantity, 1, "the last day counts")
        with freeze_time(datetime(2026, 3, 7, 9, 0)):
            move.picked = True
            with self.assertRaisesRegex(UserError, "conceded until 2026-03-06"), self.env.cr.savepoint():
                move._action_done()
            late = self._delivery(self.order, 1)
            late._action_assign()
            self.assertEqual(late.quantity, 0)

    def test_limited_goods_may_still_be_scrapped_and_moved(self):
        """NCR-4: limits concern use: scrapping and moving between shelves stay possible."""
        self._conceded(limited_reference_ids=[Command.set(self.order.ids)])
        scrap = self.env["stock.scrap"].create({
            "product_id": self.relay.id, "lot_id": self.lot.id, "scrap_qty": 1, "location_id": self.stock.id})
        scrap.do_scrap()
        self.assertEqual(scrap.state, "done")
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        move = self.env["stock.move"].create({
            "product_id": self.relay.id, "product_uom": self.relay.uom_id.id, "product_uom_qty": 2,
            "location_id": self.stock.id, "location_dest_id": shelf.id, "company_id": self.company.id, "picked": True,
            "move_line_ids": [Command.create({
                "product_id": self.relay.id, "lot_id": self.lot.id, "quantity": 2, "location_id": self.stock.id,
                "location_dest_id": shelf.id})]})
        move._action_done()
        self.assertEqual(move.state, "done")

    def test_unlimited_concession_limits_nothing(self):
        """NCR-4: a concession without limits releases the goods for everybody, at no query more."""
        self._conceded()
        self.assertFalse(self.env["quality.disposition"]._get_limited_lots())
        with self.assertQueryCount(0):
            self.env["quality.disposition"]._get_limited_lots()
        move = self._delivery(self.other_order)
        move._action_assign()
        self.assertEqual(move.quantity, 4)

    def test_untracked_goods_cannot_be_limited(self):
        """NCR-4: goods without lots cannot be told apart once released; the limit is refused, as text it stands."""
        record = self._rejected(self.part, 10)
        for values in ({"valid_until": "2030-01-01"}, {"limited_reference_ids": [Command.set(self.order.ids)]}):
            with self.assertRaisesRegex(ValidationError, "cannot be told apart"), self.env.cr.savepoint():
                self._propose(record, ("concession", 10, values))
        self._propose(record, ("concession", 10, {"limited_to": "SO-A"}))

    def test_concessions_of_a_lot(self):
        """NCR-4: a lot's passport finds the concession under which it was released."""
        row = self._conceded(concession_scope="Scratch below 2 mm", limited_to="SO-A")
        found = self.env["quality.disposition"]._get_lot_concessions(self.lot | self.good)
        self.assertEqual(found[self.lot], row)
        self.assertFalse(found[self.good])

    def test_price_reduction_is_a_percentage(self):
        """NCR-4: a price reduction is between 0 and 100 %."""
        record = self._rejected(self.part, 10)
        for percent in (-1, 101):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self._propose(record, ("concession", 10, {"price_reduction_percent": percent}))
                self.env.flush_all()
