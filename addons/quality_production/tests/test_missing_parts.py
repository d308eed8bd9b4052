from odoo.exceptions import AccessError, UserError

from .common import ProductionCommon


class TestMissingParts(ProductionCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.material_controller_id = cls.planner
        cls.rare = cls.env["product.product"].create({"name": "Relay", "is_storable": True})
        cls.bom.bom_line_ids = [(0, 0, {"product_id": cls.rare.id, "product_qty": 3})]

    def test_missing_part_must_be_on_the_card(self):
        """MAT-10: an order short of a part is refused and names it; written on the card, it is made without it."""
        self.stock_up(self.rare, 1)
        order = self.make_order()
        card = order.process_card_id
        self.complete(card)
        order.qty_producing = 1
        order._set_qty_producing()
        with self.assertRaisesRegex(UserError, "Relay: 2 Units short"):
            order.with_user(self.operator).button_mark_done()
        card.with_user(self.operator).action_report_missing(self.rare.id, 1)
        with self.assertRaisesRegex(UserError, "Relay: 1 Units short"):
            order.with_user(self.operator).button_mark_done()
        card.with_user(self.operator).action_report_missing(self.rare.id, 1, note="Supplier late")
        order.with_user(self.operator).button_mark_done()
        self.assertEqual(order.state, "done")
        self.assertEqual(self.quantity_in(self.stock, self.rare), 0)
        consumed = order.move_raw_ids.filtered(lambda move: move.product_id == self.rare)
        self.assertEqual(consumed.quantity, 1)

    def test_work_with_missing_parts_starts_only_when_written(self):
        """MAT-10: assembly with missing parts starts only with the parts on the card."""
        self.bom.bom_line_ids.operation_id = self.bom.operation_ids[0]
        order = self.make_order()
        first = order.workorder_ids[0].with_user(self.operator)
        with self.assertRaisesRegex(UserError, "Relay: 3 Units short"):
            first.button_start()
        order.process_card_id.with_user(self.operator).action_report_missing(self.rare.id, 3)
        first.button_start()
        self.assertEqual(first.state, "progress")

    def test_controller_is_told(self):
        """MAT-10: a missing part is reported from where one stands, and the material controller is told."""
        card = self.make_order().process_card_id
        part = card.with_user(self.operator).action_report_missing(
            self.rare.id, 2, note="None on the shelf", line_id=card.line_ids[0].id)
        self.assertRecordValues(part, [{"state": "open", "reported_by": self.operator.id}])
        self.assertIn(self.planner, card.activity_ids.user_id)
        self.assertEqual(card.missing_open_count, 1)

    def test_bad_reports_are_refused(self):
        """MAT-10: no quantity of zero or less, no strange operation, nobody from outside; nothing is deleted."""
        card = self.make_order().process_card_id
        for quantity in (0, -1):
            with self.subTest(quantity), self.assertRaisesRegex(UserError, "above 0"):
                card.with_user(self.operator).action_report_missing(self.rare.id, quantity)
        with self.assertRaisesRegex(UserError, "not on process card"):
            card.with_user(self.operator).action_report_missing(
                self.rare.id, 1, line_id=self.make_order().process_card_id.line_ids[0].id)
        with self.assertRaises(AccessError):
            card.with_user(self.storekeeper).action_report_missing(self.rare.id, 1)
        part = card.with_user(self.operator).action_report_missing(self.rare.id, 1)
        with self.assertRaises(UserError):
            part.sudo().unlink()
        with self.assertRaises(UserError):
            part.sudo().quantity = 5

    def test_part_installed_later_is_consumed(self):
        """MAT-10, FQC-5: a part installed after the order was finished leaves the stock and joins what was built."""
        self.make_final_plan()
        order = self.make_order()
        card = order.process_card_id
        card.with_user(self.operator).action_report_missing(self.rare.id, 3)
        self.produce(order)
        part = card.missing_ids
        with self.assertRaisesRegex(UserError, "only 0 of 3"):
            part.with_user(self.operator).action_installed()
        self.stock_up(self.rare, 3)
        part.with_user(self.operator).action_installed()
        self.assertRecordValues(part, [{"state": "installed", "closed_by": self.operator.id}])
        self.assertEqual(self.quantity_in(self.stock, self.rare), 0)
        late = order.move_raw_ids.filtered(lambda move: move.product_id == self.rare and move.state == "done")
        self.assertEqual(late.move_line_ids.produce_line_ids, order.move_finished_ids.move_line_ids)

    def test_release_waits_for_missing_parts(self):
        """FQC-4, FQC-5: the request lists the missing parts; the goods are released when conceded by quality's head."""
        self.make_final_plan()
        order = self.make_order()
        card = order.process_card_id
        card.with_user(self.operator).action_report_missing(self.rare.id, 3, note="Comes next week")
        self.produce(order)
        inspection = order.quality_inspection_ids
        self.assertEqual(inspection.missing_ids.product_id, self.rare)
        with self.assertRaisesRegex(UserError, "Missing part: Relay"), self.env.cr.savepoint():
            self.conclude(inspection)
        self.env.invalidate_all()
        part = card.missing_ids
        with self.assertRaises(AccessError):
            part.with_user(self.inspector).action_concede("Goes along later")
        part.with_user(self.head).action_concede("Goes along later, customer agreed")
        self.conclude(inspection)
        self.assertEqual(self.quantity_in(self.stock, self.cabinet), 1)
