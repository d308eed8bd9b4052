from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from .common import DAY, PeggingCommon


@tagged("-at_install", "post_install")
class TestPeggingRefresh(PeggingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.engine = cls.env["material.pegging"]
        cls.cron = cls.env.ref("material_pegging.ir_cron_material_pegging_requested")

    def end_transaction(self):
        """What is done at the end of a transaction, without ending it: number of queries of the engine's own."""
        self.env.flush_all()
        before = self.cr.sql_log_count
        self.cr.precommit.run()
        return self.cr.sql_log_count - before

    def requested(self):
        self.env.cr.execute("SELECT product_id FROM material_pegging_request")
        return {id_ for id_, in self.env.cr.fetchall()}

    def forget(self):
        self.end_transaction()
        self.env.cr.execute("DELETE FROM material_pegging_request")

    def test_events_note_their_products(self):
        """MAT-12: what changes a demand or a supply notes its product, by one statement at the end; else nothing."""
        order = self.make_order([(self.breaker, 1), (self.busbar, 1)])
        purchase, draft = self.buy(self.breaker, 1), self.buy(self.busbar, 1, confirm=False)
        raw, receipt = order.move_raw_ids[0], self.make_receipts(self.breaker)
        quant = self.env["stock.quant"].create({
            "product_id": self.busbar.id, "location_id": self.stock.id, "inventory_quantity": 4})
        events = {
            "quantity of a demand": (lambda: raw.write({"product_uom_qty": 2}), self.breaker),
            "date of a demand": (lambda: raw.write({"date": self.now}), self.breaker),
            "start of an order": (lambda: order.write({"date_start": self.now + 4 * DAY}),
                                  self.breaker | self.busbar | self.cabinet),
            "priority of an order": (lambda: order.write({"priority": "1"}), self.cabinet | self.breaker | self.busbar),
            "promise of a supplier": (
                lambda: purchase.order_line.write({"date_planned": self.now + 9 * DAY}), self.breaker),
            "quantity of a request": (lambda: draft.order_line.write({"product_qty": 3}), self.busbar),
            "a request cancelled": (draft.button_cancel, self.busbar),
            "stock counted": (quant.action_apply_inventory, self.busbar),
            "a part given back": (order.do_unreserve, self.busbar),
            "a receipt": (receipt.button_validate, self.breaker),
            "another product": (lambda: raw.copy({"product_id": self.cabinet.id}), self.cabinet),
        }
        for name, (event, products) in events.items():
            self.forget()
            with self.subTest(event=name):
                event()
                self.env.flush_all()
                self.assertLessEqual(self.end_transaction(), 1, name)  # none: a savepoint was quicker
                self.assertLessEqual(set(products.ids), self.requested(), name)
        self.forget()
        raw.description_picking = "Left"
        purchase.note = "Fragile"
        self.assertEqual(self.end_transaction(), 0, "nothing that matters has changed")

    def make_receipts(self, product, number=1):
        """Receipts that are ready; without a purchase, of which others ask more."""
        incoming = self.warehouse.in_type_id
        receipts = self.env["stock.picking"].create([{
            "picking_type_id": incoming.id, "location_id": self.supplier.property_stock_supplier.id,
            "location_dest_id": self.stock.id, "move_ids": [Command.create({
                "product_id": product.id, "product_uom_qty": 1,
                "location_id": self.supplier.property_stock_supplier.id, "location_dest_id": self.stock.id})],
        } for _index in range(number)])
        receipts.action_confirm()
        receipts.move_ids.quantity = 1
        receipts.move_ids.picked = True
        return receipts

    def test_a_request_wakes_the_cron(self):
        """MAT-12: the products that were noted are computed by the cron, outside of the transaction."""
        order = self.make_order([(self.breaker, 1)])
        self.sell(self.cabinet, 1)
        self.end_transaction()
        trigger = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)], order="id desc", limit=1)
        self.assertTrue(trigger)
        self.assertFalse(order.kit_id, "nothing is computed in the transaction of the user")
        seen = []
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"), patch.object(
                type(self.engine), "_on_refreshed", lambda _self, ids: seen.append(ids)):
            self.engine._cron_refresh_requested()
            self.assertLessEqual({self.breaker.id, self.cabinet.id}, set(seen[0]), "with what is made of it")
            self.assertEqual(order.kit_state, "short")
            self.assertFalse(self.requested())
            self.engine._cron_refresh_requested()
            self.assertEqual(len(seen), 1, "nothing was noted, nothing is computed")

    def test_hourly_run_takes_everything(self):
        """MAT-12: the hourly run computes all and forgets what was noted."""
        order = self.make_order([(self.breaker, 1)])
        self.end_transaction()
        seen = []
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"), patch.object(
                type(self.engine), "_on_refreshed", lambda _self, ids: seen.append(ids)):
            self.engine._cron_refresh()
        self.assertEqual(seen, [None])
        self.assertEqual(order.kit_state, "short")
        self.assertFalse(self.requested())

    def test_button_computes_now(self):
        """MAT-12: on demand, by whoever may see it."""
        order = self.make_order([(self.breaker, 1)])
        user = new_test_user(self.env, "planner_pegging", groups="mrp.group_mrp_user")
        for name in ("material.kit", "material.peg"):
            self.env["material.kit"].sudo().search([]).unlink()
            call_kw(self.env[name].with_user(user), "action_recompute", [[]], {})  # as the client calls a button
            order.invalidate_recordset()
            self.assertEqual(order.kit_state, "short")

    def test_second_run_at_once_steps_back(self):
        """MAT-12: two runs at once: the second one leaves it to the first, the button says so."""
        with self.registry.cursor() as other:
            other.execute("SELECT pg_advisory_xact_lock(hashtext('material.pegging'))")
            self.assertFalse(self.engine._refresh())
            with self.assertRaisesRegex(UserError, "being computed right now"):
                self.engine.action_refresh()
            self.make_order([(self.breaker, 1)])
            self.end_transaction()
            self.engine._cron_refresh_requested()
            self.assertIn(self.breaker.id, self.requested(), "what is noted waits for the next run")
        self.assertTrue(self.engine._refresh())

    def test_number_of_queries_does_not_grow(self):
        """MAT-12: everything in at most 20 queries, some products in at most 10, whatever there is."""
        counts = []
        for number in (2, 20):
            parts = [self.make_product(f"Part {index}") for index in range(number)]
            for part in parts:
                self.buy(part, 1)
            self.make_order([(part, 2) for part in parts], product=self.busbar)
            self.make_order([(self.busbar, 1)])
            products = self.env["product.product"].browse([part.id for part in parts])
            for products_, bar in ((None, 20), (products, 10)):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                self.engine._get_usable_quant_sql()  # what quality asks, where it is installed, is the glue's
                self.env.invalidate_all()
                begin = self.cr.sql_log_count
                self.engine._refresh(products_)
                counts.append(self.cr.sql_log_count - begin - (begin - before))
                self.assertLessEqual(counts[-1], bar)
        self.assertEqual(counts[:2], counts[2:])

    def test_confirming_and_receiving_cost_few_queries_more(self):
        """MAT-12: confirming orders and validating receipts: at most 3 queries more for one, 6 for fifty."""
        self.put(self.breaker, 1000)
        for number, bar in ((1, 3), (50, 6)):
            for name, act in self.get_acts(number).items():
                with self.subTest(name=name, number=number):
                    self.count(act[2])  # what is read once a process is in memory from now on
                    self.assertLessEqual(self.count(act[0]) - self.count(act[1], watched=False), bar)
                    self.assertEqual({one.__self__[0].state for one in act}, {self.ENDS[name]}, "it has not happened")

    #: What has to have happened.
    ENDS = {"orders": "confirmed", "receipts": "done"}

    def get_acts(self, number):
        """Three of each: with the addon at work, with its notes switched off, and one before."""
        def orders():
            return self.make_orders([([(self.breaker, 1)], 10)] * number, confirm=False).action_confirm

        def receipts():
            return self.make_receipts(self.busbar, number).button_validate

        return {
            "orders": (orders(), orders(), orders()), "receipts": (receipts(), receipts(), receipts())}

    def count(self, act, watched=True):
        self.end_transaction()
        self.env.invalidate_all()
        nothing = patch.object(type(self.engine), "_touch", lambda *_args: None)
        before = self.cr.sql_log_count
        if watched:
            act()
            self.env.flush_all()
            self.cr.precommit.run()
        else:
            with nothing:
                act()
                self.env.flush_all()
                self.cr.precommit.run()
        return self.cr.sql_log_count - before
