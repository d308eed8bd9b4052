import importlib.util
from pathlib import Path

from odoo.tests import tagged

from .common import QualityCommon

SCRIPT = Path(__file__).parent.parent / "migrations" / "19.0.1.2.0" / "post-root.py"


@tagged("post_install", "-at_install")
class TestLineage(QualityCommon):
    """Inspections of the same goods name the one that these began with."""

    def setUp(self):
        super().setUp()
        self.first = self.inspect(self.receive(self.product, 100))
        self.part = self.split(self.first, 40)
        self.part_of_part = self.split(self.part, 10)
        self.again = self.inspect(
            self.receive(self.product, 10), parent_id=self.part_of_part.id, move_id=False)
        self.part_of_again = self.split(self.again, 3)
        self.family = self.first | self.part | self.part_of_part | self.again | self.part_of_again

    def split(self, inspection, quantity):
        inspection.with_user(self.inspector).action_split(quantity)
        return inspection.split_ids.sorted("id")[-1:]

    def test_all_name_the_first_one(self):
        """REC-2: parts, parts of parts and re-inspections name the inspection of the receipt as their root."""
        self.assertFalse(self.first.root_id)
        self.assertEqual((self.family - self.first).mapped("root_id.id"), self.first.ids)
        for inspection in self.family:
            self.assertEqual(inspection._get_root(), self.first)
            self.assertEqual(inspection._get_family(), self.family)
        other = self.inspect(self.receive(self.product, 5))
        self.assertEqual(other._get_family(), other)

    def test_steps_within_the_family(self):
        """REC-2: what was split off, what follows and where a part comes from are told apart."""
        self.assertEqual(self.first._get_parts(), self.part | self.part_of_part)
        self.assertEqual(self.again._get_parts(), self.part_of_again)
        self.assertEqual(
            self.part_of_part._get_reinspections(), self.part_of_part | self.again | self.part_of_again)
        self.assertEqual(self.part_of_again._get_split_origins(), self.family - self.part_of_again)

    def test_family_takes_the_same_queries_whatever_its_size(self):
        """REC-2: a family is read by its root, not generation by generation."""
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            begin = self.env.cr.sql_log_count
            last._get_reinspections(), last._get_parts(), last._get_family()
            return self.env.cr.sql_log_count - begin

        last = self.part_of_again
        queries()
        few = queries()
        for _generation in range(4):
            last = self.inspect(self.receive(self.product, 3), parent_id=last.id, move_id=False)
            last = self.split(last, last.quantity / 2)
        self.assertEqual(len(last._get_family()), 13)
        self.assertLessEqual(queries(), few)

    def test_merged_goods_have_one_lineage(self):
        """REC-2: requests by hand that are merged, with what was split off them, are of the same goods from then on."""
        vals = {"product_id": self.product.id, "quantity": 6, "plan_id": self.make_plan(trigger="manual").id}
        one, two = self.env["quality.inspection"].with_user(self.inspector).create([vals, vals])
        (one | two).action_submit()
        part = self.split(two, 2)
        (one | two).action_merge()
        self.assertRecordValues(one | two | part, [
            {"state": "pending", "quantity": 10, "root_id": False},
            {"state": "cancelled", "quantity": 4, "root_id": one.id},
            {"state": "pending", "quantity": 2, "root_id": one.id}])
        self.assertEqual(one._get_family(), one | two | part)

    def test_upgrade_fills_the_roots(self):
        """REC-2: what the former revision left without a root, or with that of the re-inspections only, gets it."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE quality_inspection SET root_id = NULL WHERE id = ANY(%s)", [self.family.ids])
        self.env.cr.execute("UPDATE quality_inspection SET root_id = parent_id WHERE id = %s", [self.again.id])
        spec = importlib.util.spec_from_file_location("script", SCRIPT)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertFalse(self.first.root_id)
        self.assertEqual((self.family - self.first).mapped("root_id.id"), self.first.ids)
