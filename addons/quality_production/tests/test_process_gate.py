from odoo.exceptions import UserError
from odoo.fields import Command

from .common import ProductionCommon


class TestProcessGate(ProductionCommon):

    def finish(self, order):
        return self.produce(order, complete=False, skip_backorder=False)

    def test_order_is_not_finished_before_its_card(self):
        """FQC-1, FQC-2: the message names what is missing; with all signed the order ends and closes the card."""
        order = self.make_order()
        card = order.process_card_id
        with self.assertRaisesRegex(UserError, "received components"):
            self.finish(order)
        self.check_received(card)
        self.sign(card.line_ids[0])
        with self.assertRaisesRegex(UserError, "Busbar crimping: To Check"):
            self.finish(order)
        self.sign(card.line_ids[1])
        with self.assertRaisesRegex(UserError, "Busbar crimping: To Confirm by Quality"):
            self.finish(order)
        card.line_ids[1].with_user(self.inspector).action_quality_confirm()
        self.finish(order)
        self.assertEqual(order.state, "done")
        self.assertEqual(card.state, "done")

    def test_no_other_door(self):
        """FQC-1, FQC-2: neither a written state, a posted move, nor a context finishes what is not signed."""
        order = self.make_order()
        order.qty_producing = 1
        order._set_qty_producing()
        doors = {
            "state of the order": lambda: order.write({"state": "done"}),
            "posting": lambda: order._post_inventory(),
            "finished move": lambda: (
                order.move_finished_ids.write({"quantity": 1, "picked": True}),
                order.move_finished_ids._action_done()),
            "context": lambda: order.with_context(
                skip_backorder=True, skip_immediate=True, skip_consumption=True).button_mark_done(),
            "work order": lambda: order.workorder_ids[0].button_finish(),
            "state of the work order": lambda: order.workorder_ids[0].write({"state": "done"}),
            "mark work order as done": lambda: order.workorder_ids[0].action_mark_as_done(),
        }
        for name, door in doors.items():
            with self.subTest(name), self.assertRaisesRegex(UserError, r"PC\d{4}-"), self.env.cr.savepoint():
                door()
            self.env.invalidate_all()
        self.assertEqual(self.quantity_in(self.stock, self.cabinet), 0)

    def test_work_order_needs_its_own_operation_only(self):
        """FQC-1: a signed operation's work order ends, the next one not."""
        order = self.make_order()
        card = order.process_card_id
        self.check_received(card)
        self.sign(card.line_ids[0])
        first, second = order.workorder_ids.with_user(self.operator)
        first.button_finish()
        self.assertEqual(first.state, "done")
        with self.assertRaisesRegex(UserError, "Busbar crimping"):
            second.button_finish()

    def test_cancelled_work_order_does_not_free_a_key_operation(self):
        """FQC-2: who cancels or deletes the work order of a key operation still needs its confirmation."""
        for gone in ("action_cancel", "unlink"):
            with self.subTest(gone):
                order = self.make_order()
                card = order.process_card_id
                self.check_received(card)
                self.sign(card.line_ids[0])
                getattr(order.workorder_ids[1], gone)()
                with self.assertRaisesRegex(UserError, "Busbar crimping"):
                    self.finish(order)

    def test_cancelled_plain_work_order_is_not_needed(self):
        """FQC-1: an operation that was cancelled and is no key operation does not hold the order."""
        order = self.make_order()
        card = order.process_card_id
        self.check_received(card)
        order.workorder_ids[0].action_cancel()
        self.sign(card.line_ids[1])
        card.line_ids[1].with_user(self.inspector).action_quality_confirm()
        self.finish(order)
        self.assertEqual(order.state, "done")

    def test_backorder_has_its_own_card(self):
        """FQC-1: what is made later is signed later, on its own card."""
        order = self.make_order(quantity=3)
        card = order.process_card_id
        self.produce(order, 2, mo_ids_to_backorder=order.ids)
        rest = order.production_group_id.production_ids - order
        self.assertEqual(card.state, "done")
        self.assertRecordValues(rest.process_card_id, [{"state": "draft", "quantity": 1}])
        with self.assertRaises(UserError):
            self.finish(rest)
        self.produce(rest)
        self.assertEqual(rest.state, "done")

    def test_split_and_cancel(self):
        """FQC-1: each part of a split order has a card; a cancelled order's card is cancelled."""
        order = self.make_order(quantity=2)
        parts = order._split_productions({order: [1, 1]})
        self.assertEqual(len(parts.process_card_ids), 2)
        parts[1].action_cancel()
        self.assertEqual(parts[1].process_card_ids.state, "cancelled")
        self.assertEqual(parts[0].process_card_id.state, "draft")

    def test_order_is_deleted_with_its_unsigned_card(self):
        """FQC-1: an order goes with a card that nobody signed; a signed card keeps its order."""
        order = self.make_order()
        card = order.process_card_id
        order.unlink()
        self.assertFalse(card.exists())
        signed = self.make_order()
        self.check_received(signed.process_card_id)
        with self.assertRaisesRegex(UserError, "carries signatures"):
            signed.unlink()

    def test_merged_orders_have_one_card(self):
        """FQC-1: orders that are merged leave their cards behind, cancelled; the new order has its own."""
        orders = self.make_order() | self.make_order()
        cards = orders.process_card_ids
        merged = self.env["mrp.production"].browse(orders.action_merge()["res_id"])
        self.assertEqual(cards.mapped("state"), ["cancelled", "cancelled"])
        self.assertRecordValues(merged.process_card_id, [{"state": "draft", "quantity": 2}])

    def test_order_older_than_the_policy_gets_its_card_by_hand(self):
        """FQC-1: an order confirmed before cards were asked for is told to get one."""
        self.company.process_card_policy = "none"
        order = self.make_order()
        self.company.process_card_policy = "all"
        with self.assertRaisesRegex(UserError, "has no process card"):
            self.finish(order)
        order.action_create_process_card()
        self.produce(order)
        self.assertEqual(order.state, "done")

    def test_gate_may_be_off(self):
        """FQC-1: a company may keep cards without holding orders; the card then closes with the order."""
        self.company.process_card_gate = False
        order = self.make_order()
        self.finish(order)
        self.assertEqual(order.process_card_id.state, "done")
        with self.assertRaisesRegex(UserError, "was done meanwhile"):
            self.sign(order.process_card_id.line_ids[0])

    def test_many_orders_confirm_in_few_queries_more(self):
        """FQC-1: cards of many orders are made together."""
        self.bom.operation_ids[0].control_point_ids.unlink()
        orders = self.env["mrp.production"].create([
            {"product_id": self.cabinet.id, "product_qty": 1} for _index in range(10)])
        self.env.flush_all()
        orders.action_confirm()
        self.assertEqual(len(orders.process_card_ids), 10)
        self.assertEqual(len(orders.process_card_ids.line_ids), 20)

    def test_plain_orders_pass_the_gate_in_constant_queries(self):
        """FQC-1: orders without a card pass the gate with the same few queries, however many they are."""
        plain = self.env["product.product"].create({"name": "Plain", "is_storable": True})
        orders = self.env["mrp.production"].create([
            {"product_id": plain.id, "product_qty": 1,
             "move_raw_ids": [Command.create({"product_id": self.product.id, "product_uom_qty": 1})]}
            for _index in range(6)])
        orders.action_confirm()
        counts = []
        for some in (orders[:1], orders[1:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._check_process_card()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], 6)
