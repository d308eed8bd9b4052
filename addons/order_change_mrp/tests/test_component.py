from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OrderChangeMrpCommon


@tagged("-at_install", "post_install")
class TestComponent(OrderChangeMrpCommon):

    def _component(self, component, quantity, **values):
        return {"kind": "component", "made_product_id": self.cabinet.id, "component_id": component.id,
                "component_quantity": quantity, **values}

    def _parts(self, production):
        return {move.product_id.name: move.product_uom_qty for move in production.move_raw_ids
                if move.state != "cancel"}

    def test_component_is_replaced_in_all_orders(self):
        """CHG-7, CHG-8, CHG-9: another breaker in every cabinet of the order: shown before and after to whoever reviews
        or signs it, structural; what was asked for of the old one is taken off, the new one is procured."""
        change = self._change(self._component(self.vacuum, 3, replacement_id=self.gas.id))
        self.assertEqual((change.level_proposed, change.line_ids.component_before), ("structural", 3))
        self.assertEqual((change.line_ids.before, change.line_ids.after), ("Vacuum VS1 × 3", "Gas SF6 × 3"))
        change.action_assess()
        words = "\n".join(change.impact_ids.mapped("what"))
        self.assertIn("Vacuum VS1 × 3 → Gas SF6 × 3 for each", words)
        self.assertIn("is taken off the request for quotation (30", words)
        self.assertIn("30 Units more are procured", words)
        for reader in (self.reviewers["quality"], self.env.ref("base.public_user")):  # departments; the customer's page
            shown = change.with_user(reader).sudo()._render_comparison(False)
            for words in ("Cabinet KYN28", "Vacuum VS1 × 3", "Gas SF6 × 3"):
                self.assertIn(words, shown)
        self._pass_review(change)
        if change.next_step == "customer":
            self._sign(change)
        self._approve(change)
        self.assertEqual(self._parts(self.production), {"Door": 10, "Gas SF6": 30})
        self.assertEqual(self._purchases(self.gas).product_qty, 30)
        self.assertFalse(self._purchases(self.vacuum).filtered("product_qty"))
        bom_parts = self.production.bom_id.bom_line_ids.product_id
        self.assertIn(self.vacuum, bom_parts, "only this order's")

    def test_finished_with_the_changed_component(self):
        """CHG-8: nobody is asked why an order takes what its change says; whoever takes the former part is."""
        self._applied(self._component(self.vacuum, 2, replacement_id=self.gas.id))
        self.production.consumption = "strict"
        self.production.qty_producing = 10
        gas = self.production.move_raw_ids.filtered(lambda move: move.product_id == self.gas)
        for move in self.production.move_raw_ids.filtered(lambda move: move.state != "cancel"):
            move.write({"quantity": move.product_uom_qty, "picked": True})
        self.assertFalse(self.production._get_consumption_issues())
        gas.quantity = 0
        self.production.move_raw_ids = [Command.create({
            "product_id": self.vacuum.id, "product_uom_qty": 0, "quantity": 20, "picked": True})]
        self.assertEqual({issue[1:] for issue in self.production._get_consumption_issues()},
                         {(self.gas, 0, 20), (self.vacuum, 20, 0)})

    def test_quantity_of_a_component(self):
        """CHG-8: another quantity for each unit, of one manufacturing order; and, if wanted, for later ones."""
        self._applied(self._component(self.vacuum, 2, production_id=self.production.id, changes_bom=True))
        self.assertEqual(self._parts(self.production), {"Door": 10, "Vacuum VS1": 20})
        self.assertEqual(self._purchases(self.vacuum).product_qty, 20)
        line = self.production.bom_id.bom_line_ids.filtered(lambda line: line.product_id == self.vacuum)
        self.assertEqual(line.product_qty, 2)

    def test_component_is_left_out_or_added(self):
        """CHG-8: left out with what is made for it; a further one is added, and procured."""
        self._applied(self._component(self.door, 0), self._component(self.gas, 1))
        self.assertEqual(self._parts(self.production), {"Vacuum VS1": 30, "Gas SF6": 10})
        self.assertEqual(self.door_production.state, "cancel")
        self.assertFalse(self._purchases(self.sheet).filtered("product_qty"))
        self.assertEqual(self._purchases(self.gas).product_qty, 10)

    def test_more_units_with_another_component(self):
        """CHG-8: the component changes in what the larger order adds, too."""
        self._applied(self._quantity(12), self._component(self.vacuum, 3, replacement_id=self.gas.id))
        self.assertEqual(sum(move.product_uom_qty for move in self._productions(self.cabinet).move_raw_ids
                             if move.product_id == self.gas), 36)
        self.assertFalse(self._productions(self.cabinet).move_raw_ids.filtered(
            lambda move: move.product_id == self.vacuum and move.state != "cancel"))

    def test_ordered_component_is_replaced_in_more_units(self):
        """CHG-8, CHG-9, MAT-8: shown as it becomes: none of the old part more, the new one for all; what is ordered of
        the old one is proposed to the buyer, and no request for quotation asks for less than nothing."""
        ordered = self._purchases(self.vacuum)
        ordered.order_id.button_confirm()
        change = self._change(self._quantity(12), self._component(self.vacuum, 3, replacement_id=self.gas.id))
        change.action_assess()
        words = "\n".join(f"{row.document_name}: {row.what}" for row in change.impact_ids)
        self.assertIn("Gas SF6: 36 Units more are procured", words)
        self.assertNotIn("Vacuum VS1: 6 Units more", words)
        self.assertIn("proposal for the buyer: 0 instead of 30", words)
        self._pass_review(change)
        self._sign(change)
        self._approve(change)
        self.assertEqual((ordered.product_qty, self._purchases(self.vacuum)), (30, ordered))
        self.assertEqual(sum(self._purchases(self.gas).mapped("product_qty")), 36)
        self.assertRecordValues(self.env["purchase.reduction"].search([("line_id", "=", ordered.id)]), [
            {"quantity_before": 30, "quantity_after": 0, "state": "asked"}])

    def test_other_quantity_in_more_units(self):
        """CHG-9: two instead of three each, of twelve instead of ten: 24 instead of 30, nothing beside."""
        change = self._change(self._quantity(12), self._component(self.vacuum, 2))
        change.action_assess()
        words = "\n".join(f"{row.document_name}: {row.what}" for row in change.impact_ids)
        self.assertIn("falls from 30 to 24", words)
        self._pass_review(change)
        self._sign(change)
        self._approve(change)
        self.assertEqual(sum(self._purchases(self.vacuum).mapped("product_qty")), 24)

    def test_part_without_supplier(self):
        """CHG-8: nobody sells it, and it is bought to order: refused with the part's name, nothing is half applied."""
        orphan = self._product("Orphan", is_storable=True, route_ids=[Command.set(self.buy.ids)])
        change = self._change(self._component(self.vacuum, 3, replacement_id=orphan.id))
        change.action_assess()
        self._pass_review(change)
        if change.next_step == "customer":
            self._sign(change)
        with self.assertRaisesRegex(UserError, "nothing was changed.*Orphan"), self.cr.savepoint():
            self._approve(change)
        self.env.invalidate_all()
        self.assertEqual(self._parts(self.production), {"Door": 10, "Vacuum VS1": 30})

    def test_consumed_component_is_refused(self):
        """CHG-8: what is consumed is not changed any more: why is shown, the approval is refused."""
        self.production.move_raw_ids.filtered(lambda move: move.product_id == self.vacuum).write(
            {"quantity": 30, "picked": True})
        change = self._change(self._component(self.vacuum, 3, replacement_id=self.gas.id))
        change.action_assess()
        self.assertEqual(change.impact_obstacles, 1)
        self._pass_review(change)
        if change.next_step == "customer":
            self._sign(change)
        with self.assertRaisesRegex(UserError, f"{self.production.name}.*Vacuum VS1 is consumed"):
            self._approve(change)

    def test_changed_since_the_assessment(self):
        """CHG-8: somebody changed the component meanwhile: the approval is refused."""
        change = self._change(self._component(self.vacuum, 2))
        change.action_assess()
        self._pass_review(change)
        if change.next_step == "customer":
            self._sign(change)
        self.production.move_raw_ids.filtered(lambda move: move.product_id == self.vacuum).product_uom_qty = 40
        with self.assertRaisesRegex(UserError, "has been changed"):
            self._approve(change)

    def test_bad_input(self):
        """CHG-8: what is missing, impossible or already so is said with the line."""
        loop = self._made("Loop", 1, {self.cabinet: 1})
        stranger = self.env["mrp.production"].create({"product_id": self.cabinet.id, "product_qty": 1})
        for values, words in (
                ({"kind": "component", "component_quantity": 1}, "choose the manufacturing order"),
                (self._component(self.vacuum, 3), "the quantity already"),
                (self._component(self.vacuum, -1), "cannot be negative"),
                (self._component(self.vacuum, 0, replacement_id=self.gas.id), "what replaces it"),
                (self._component(self.vacuum, 1, replacement_id=self.cabinet.id), "itself made of"),
                (self._component(self.vacuum, 1, replacement_id=loop.id), "itself made of"),
                (self._component(self.vacuum, 1, made_product_id=self.product.id), "no manufacturing order"),
                (self._component(self.vacuum, 1, production_id=stranger.id), "does not belong to order")):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, words), self.cr.savepoint():
                self._change(values).action_assess()
        with self.assertRaisesRegex(UserError, "is no number that can be kept"), self.cr.savepoint():
            self._change(self._component(self.vacuum, 5e9)).action_assess()

    def test_bill_in_another_unit(self):
        """CHG-8: the present quantity is that for one of what is made, whatever unit its bill is written in."""
        dozen = self.env.ref("uom.product_uom_dozen")
        lid = self._made("Lid", 5, {self.sheet: 24})
        lid.bom_ids.product_uom_id = dozen
        change = self._change({
            "kind": "component", "made_product_id": lid.id, "component_id": self.sheet.id, "component_quantity": 3,
            "changes_bom": True})
        self.assertEqual(change.line_ids.component_before, 2)
        change.line_ids.component_quantity = 2
        with self.assertRaisesRegex(UserError, "that is the quantity already"):
            change.action_assess()
