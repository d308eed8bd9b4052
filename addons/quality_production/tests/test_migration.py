import importlib.util
from pathlib import Path

from odoo.fields import Command
from odoo.tests import tagged

from .common import ProductionCommon

SCRIPTS = Path(__file__).parent.parent / "migrations" / "19.0.1.1.0"


@tagged("post_install", "-at_install")
class TestMigration(ProductionCommon):
    """What the former revision left behind is put right by the upgrade."""

    def migrate(self, name):
        spec = importlib.util.spec_from_file_location("script", SCRIPTS / name)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()

    def test_parts_split_off_get_their_order_again(self):
        """FQC-5: parts, and parts of parts, that had lost order and card have them after the upgrade."""
        self.make_final_plan()
        order = self.make_order(quantity=4)
        self.produce(order)
        source = order.quality_inspection_ids
        source.with_user(self.inspector).action_split(2)
        source.split_ids.with_user(self.inspector).action_split(1)
        parts = source._get_parts()
        self.assertEqual(len(parts), 2)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE quality_inspection SET production_id = NULL, process_card_id = NULL WHERE id = ANY(%s)",
            [parts.ids])
        self.env.invalidate_all()
        self.migrate("post-split_parts.py")
        self.assertRecordValues(parts, [
            {"production_id": order.id, "process_card_id": order.process_card_id.id}] * 2)

    def test_stuck_returns_end(self):
        """MAT-11: a slip whose transfer was cancelled before the upgrade is not with the store for ever."""
        order = self.make_order(quantity=3)
        self.produce(order)
        slips = self.env["material.return"].with_user(self.operator).create([{
            "production_id": order.id, "line_ids": [Command.create({"product_id": self.product.id, "quantity": 1})],
        } for _slip in range(2)])
        slips.action_submit()
        stuck, waiting = slips.sudo()
        self.env.flush_all()
        self.env.cr.execute("UPDATE stock_move SET state = 'cancel' WHERE id = ANY(%s)", [
            stuck.line_ids.move_ids.ids])
        self.env.invalidate_all()
        self.migrate("post-stuck_returns.py")
        self.assertEqual((stuck.state, waiting.state), ("cancelled", "submitted"))

    def test_numbers_get_the_pattern_of_the_suite(self):
        """FQC-1: the former pattern of numbers becomes the suite's, year and five digits; what was changed stays."""
        card = self.env.ref("quality_production.ir_sequence_process_card")
        for prefix, padding, wanted in (("PC/%(year)s/", 5, "PC%(year)s-"), ("KARTE/", 4, "KARTE/")):
            with self.subTest(prefix=prefix):
                card.write({"prefix": prefix, "padding": padding})
                self.migrate("post-numbers.py")
                self.assertEqual(card.prefix, wanted)
