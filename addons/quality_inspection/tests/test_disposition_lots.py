from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_ncr import NonconformityCommon


@tagged("post_install", "-at_install")
class TestDispositionLots(NonconformityCommon):
    """Which lots and serial numbers a tranche moves, and which are left when a part of it is done."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.breaker = cls._product("Breaker", tracking="serial")
        cls.resin = cls._product("Resin", tracking="lot")
        cls.serials = cls._lots(cls.breaker, "S1", "S2", "S3")

    def _out(self, row, *lots):
        """The guard lets out what is on the open pass of these lots."""
        gate = row.gate_pass_ids.filtered(lambda one: one.state == "draft")
        gate.with_user(self.keeper_head).action_approve()
        lines = gate.line_ids.filtered(lambda line: line.lot_id in self.env["stock.lot"].union(*lots))
        gate.with_user(self.guard).action_out({line.id: line.quantity for line in lines})

    def _reservable(self, product, lot=None):
        """What a delivery straight from the warehouse would reserve."""
        move = self.env["stock.move"].create({
            "product_id": product.id, "product_uom_qty": 50, "location_id": self.warehouse.view_location_id.id,
            "location_dest_id": self.customers.id})
        move._action_confirm()
        move._action_assign()
        return move.move_line_ids.lot_id

    def test_part_of_the_serials_leaves(self):
        """REC-7, NCR-4, NCR-5: of three rejected serial numbers one leaves by the gate; the two left stay held."""
        for isolated in False, True:
            with self.subTest(isolated=isolated):
                serials = self._lots(self.breaker, *(f"{isolated}{number}" for number in range(3)))
                if isolated:
                    for lot in serials:
                        self._put(self.breaker, 1, lot=lot)
                    record = self._found(self.breaker, 3, lots=serials, partner_id=self.supplier.id)
                    record.with_user(self.inspector).action_isolate()
                else:
                    record = self._rejected(self.breaker, 3, serials)
                holder = record if isolated else record.inspection_id
                row = self._decide(record, ("return", 3, {"lot_ids": [(6, 0, serials.ids)]}))
                self._out(row, serials[1])
                self.assertRecordValues(holder, [{"quantity_held": 2}])
                self.assertEqual(holder.held_lot_ids, serials - serials[1])
                self.assertFalse(self._reservable(self.breaker))
                self.assertEqual(serials.mapped("quality_state"), ["rejected", "released", "rejected"])
                self._out(row, serials[0], serials[2])
                self.assertRecordValues(row, [{"state": "done", "quantity_done": 3}])
                self.assertFalse(holder.held_lot_ids)

    def test_parts_of_a_repair_come_back(self):
        """REC-7, NCR-4: serial numbers that are back are held by their re-inspection, the others still."""
        record = self._rejected(self.breaker, 3, self.serials)
        row = self._decide(record, ("repair", 3, {"lot_ids": [(6, 0, self.serials.ids)]}))
        gate = self._let_out(row)
        line = gate.line_ids.filtered(lambda line: line.lot_id == self.serials[0])
        gate.with_user(self.guard).action_in({line.id: 1})
        self.assertEqual(record.inspection_id.held_lot_ids, self.serials - self.serials[0])
        self.assertEqual(row.child_inspection_ids.held_lot_ids, self.serials[0])
        self.assertFalse(self._reservable(self.breaker))

    def test_tranches_of_serials(self):
        """REC-7, NCR-4: scrap, sorting and concession each take their own serial numbers out of what is held."""
        record = self._rejected(self.breaker, 3, self.serials)
        one, two, three = self.serials
        rows = self._decide(record, ("scrap", 1, {"lot_ids": [(6, 0, one.ids)]}),
                            ("sort", 1, {"lot_ids": [(6, 0, two.ids)]}),
                            ("return", 1, {"lot_ids": [(6, 0, three.ids)]}))
        self.assertEqual(record.inspection_id.held_lot_ids, two | three)
        rows[1].with_user(self.worker).action_task_done()
        self.assertEqual(record.inspection_id.held_lot_ids, three)
        self.assertEqual(rows[1].child_inspection_ids.held_lot_ids, two)
        self.assertFalse(self._reservable(self.breaker))

    def test_older_lot_stays(self):
        """REC-7, NCR-5: a part of a return leaves while an older lot of the product stands in the area: the rest stays
        reserved of its own lot, and the guard is not refused.
        """
        older, mine = self._lots(self.resin, "OLD", "MINE")
        waiting = self._inspection(self.resin, 30, older)
        self.env["stock.quant"].search([("lot_id", "=", older.id)]).in_date = "2020-01-01"
        row = self._decide(self._rejected(self.resin, 20, mine), ("return", 20))
        gate = row.gate_pass_id
        gate.with_user(self.keeper_head).action_approve()
        gate.with_user(self.guard).action_out({gate.line_ids.id: 12})
        self.assertRecordValues(row, [{"state": "in_progress", "quantity_done": 12}])
        rest = row._get_pending_moves()
        self.assertRecordValues(rest.move_line_ids, [{"lot_id": mine.id, "quantity": 8}])
        rest._do_unreserve()
        rest._action_assign()
        self.assertRecordValues(rest.move_line_ids, [{"lot_id": mine.id, "quantity": 8}])
        self._let_out(row)
        self.assertRecordValues(row, [{"state": "done", "quantity_done": 20}])
        self.assertRecordValues(waiting, [{"quantity_held": 30}])
        self.assertEqual(self._on_hand(self.resin, self.hold, older), 30)

    def test_other_lot_is_written_into_the_transfer(self):
        """REC-7, NCR-4: the lot of a return cannot be changed to another one, nor be left out."""
        other, mine = self._lots(self.resin, "ELSE", "OWN")
        self._inspection(self.resin, 30, other)
        row = self._decide(self._rejected(self.resin, 20, mine), ("return", 20))
        for lot in other.id, False:
            with self.assertRaisesRegex(UserError, "not released"), self.env.cr.savepoint():
                row.move_ids.move_line_ids.with_user(self.keeper).write({"lot_id": lot})
