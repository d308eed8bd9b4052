from datetime import datetime
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.base.tests.common import BaseCommon

#: Means 10 but for the seventh subgroup, which leaves the limits.
GROUPS = [[9.8, 10.0, 10.2], [9.9, 10.0, 10.1], [9.8, 10.1, 10.1], [10.0, 9.9, 10.1], [10.2, 9.9, 9.9],
          [9.9, 10.0, 10.1], [11.0, 11.1, 10.9], [10.0, 10.1, 9.9]]


@tagged("post_install", "-at_install")
class TestControlChart(BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chart = cls.env["quality.control.chart"]
        cls.inspector = new_test_user(
            cls.env, "chart_inspector", "quality_inspection.group_quality_user", tz="Asia/Shanghai",
            context={"no_reset_password": True})
        cls.product = cls.env["product.product"].create({"name": "Busbar", "type": "consu"})
        cls.other_product = cls.env["product.product"].create({"name": "Clamp", "type": "consu"})
        cls.supplier, cls.other_supplier = cls.env["res.partner"].create([{"name": "Delta"}, {"name": "Gamma"}])
        cls.millimetre = cls.env.ref("uom.product_uom_millimeter")
        cls.plan = cls.env["quality.inspection.plan"].create({
            "name": "Busbars",
            "characteristic_ids": [
                Command.create({"name": "Width", "kind": "measure", "lower": 9.0, "upper": 11.5,
                                "uom_id": cls.millimetre.id}),
                Command.create({"name": "Surface", "kind": "check"})],
        })
        cls.width, cls.surface = cls.plan.characteristic_ids

    def _measured(self, groups, product=None, partner=None, state="done", hour=2, **vals):
        """Concluded inspections on the days of March 2026 (at ``hour`` UTC), each with the values of one group."""
        return self.env["quality.inspection"].create([{
            "plan_id": self.plan.id,
            "product_id": (product or self.product).id,
            "partner_id": (partner or self.supplier).id,
            "quantity": 100,
            "state": state,
            "done_at": datetime(2026, 3, 1 + place, hour) if state == "done" else False,
            "line_ids": [Command.create({
                **self.width._prepare_line_vals(), "per_unit": True,
                "measurement_ids": [
                    Command.create({"unit_no": unit, "value": value, "entered": value, "ok": "ok"})
                    for unit, value in enumerate(group, 1)],
            })],
            **vals,
        } for place, group in enumerate(groups)])

    def _read(self, **options):
        return self.chart.with_user(self.inspector).get_chart(self.width.id, **options)

    def test_means_ranges_and_capability_of_concluded_inspections(self):
        """REC-4: one subgroup for each inspection, the broken rule at its point, indices against the tolerance."""
        inspections = self._measured(GROUPS)
        self._measured([[50.0, 51.0, 52.0]], state="in_progress")
        found = self._read()
        self.assertEqual((found["kind"], found["size"], found["problem"]), ("xbar_r", 3, False))
        points = found["means"]["points"]
        self.assertEqual([point["inspection_id"] for point in points], inspections.ids)
        self.assertAlmostEqual(points[6]["value"], 11.0)
        self.assertIn("1", points[6]["rules"])
        self.assertEqual([point["inspection_id"] for point in points if "1" in point["rules"]], inspections[6].ids)
        self.assertEqual(points[6]["moment"], "2026-03-07 02:00:00")
        self.assertEqual(points[6]["partner"], "Delta")
        self.assertTrue(found["preliminary"])
        self.assertEqual(set(found["rules"]) >= set(points[6]["rules"]), True)
        capability = found["capability"]
        self.assertEqual((capability["count"], capability["outside"]), (24, 0))
        self.assertGreater(capability["cpk"], capability["ppk"])
        self.assertEqual(sum(count for _low, _high, count in found["histogram"]), 24)

    def test_newest_inspections_are_drawn(self):
        """REC-4: where there are more than a chart holds, it shows those that were concluded last, whichever was made
        first."""
        inspections = self._measured(GROUPS)
        self.env.flush_all()
        self.env.cr.execute("UPDATE quality_inspection SET done_at = '2026-03-31' WHERE id = %s", [inspections[0].id])
        self.env["quality.inspection.sample"].create([{
            "inspection_id": one.id, "defect_class": "major", "method": "whole", "lot_size": 3, "sample_size": 3,
        } for one in inspections])
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE quality_inspection_line SET sample_size = 3 WHERE inspection_id = ANY(%s)", [inspections.ids])
        self.env.invalidate_all()
        newest = [*inspections[-2:].ids, inspections[0].id]
        with patch("odoo.addons.quality_spc.models.quality_control_chart.MOST_POINTS", 3):
            charts = [self._read()["means"], *(self.chart.with_user(self.inspector).get_p_chart(
                product_id=self.product.id, characteristic_id=one)["shares"] for one in (self.width.id, None))]
        for chart in charts:
            self.assertEqual([point["inspection_id"] for point in chart["points"]], newest)

    def test_a_rest_that_fills_no_subgroup_is_left_out_and_counted(self):
        """REC-4: subgroups of two of inspections with three values."""
        self._measured(GROUPS)
        found = self._read(subgroup=2)
        self.assertEqual((len(found["means"]["points"]), found["left_out"]), (8, 8))

    def test_single_values_have_moving_ranges(self):
        """REC-4: subgroup of one: each value is a point, the first has no moving range."""
        inspections = self._measured(GROUPS[:2])
        found = self._read(subgroup=1)
        self.assertEqual(found["kind"], "individuals")
        self.assertEqual([point["value"] for point in found["means"]["points"]], [9.8, 10.0, 10.2, 9.9, 10.0, 10.1])
        self.assertEqual(len(found["ranges"]["points"]), 5)
        self.assertEqual(found["ranges"]["points"][2]["inspection_id"], inspections[1].id)

    def test_filters_by_supplier_product_and_period_in_the_users_time_zone(self):
        """REC-4: 17:00 UTC is the next day in Shanghai."""
        self._measured(GROUPS[:4])
        self._measured(GROUPS[:2], partner=self.other_supplier)
        self._measured(GROUPS[:3], product=self.other_product, hour=17)
        self.assertEqual(len(self._read()["means"]["points"]), 9)
        self.assertEqual(len(self._read(partner_id=self.other_supplier.id)["means"]["points"]), 2)
        shifted = {"product_id": self.other_product.id}
        self.assertEqual(len(self._read(**shifted)["means"]["points"]), 3)
        self.assertEqual(len(self._read(**shifted, date_from="2026-03-03", date_to="2026-03-04")["means"]["points"]), 2)
        self.assertIn("1", self._read(**shifted, date_to="2026-03-02")["problem"])

    def test_too_few_results_say_what_to_do(self):
        """REC-4: no chart of nothing, of one subgroup, or of an impossible subgroup."""
        self.assertIn("0", self._read()["problem"])
        self._measured(GROUPS[:1])
        self.assertIn("Widen the period", self._read()["problem"])
        self._measured([[10.0 + unit / 100 for unit in range(60)]] * 2)
        self.assertIn("2 to 25", self._read(subgroup=30)["problem"])
        with self.assertRaises(UserError):
            self._read(rules="astrology")

    def test_reinspections_are_not_charted(self):
        """REC-4: sorted or reworked lots, inspected again, say nothing of the process: in no chart, in no count."""
        first = self._measured(GROUPS)
        again = self._measured([[9.0, 11.4, 9.0]] * 3, parent_id=first[0].id)
        vals = self.surface._prepare_line_vals()
        self.env["quality.inspection.line"].create([
            {**vals, "inspection_id": inspection.id, "sample_size": 20, "is_entered": True, "defect_count": bad}
            for inspection, bad in ((first[0], 1), (first[1], 2), (again[0], 0))])
        self.env["quality.inspection.sample"].create([{
            "inspection_id": inspection.id, "defect_class": "major", "method": "whole", "measure": "items",
            "sample_size": 50, "nonconforming": 1, "decision": "accept"} for inspection in (*first[:2], again[0])])
        charted = [point["inspection_id"] for point in self._read()["means"]["points"]]
        self.assertEqual(charted, first.ids)
        chart = self.chart.with_user(self.inspector)
        for options in ({"characteristic_id": self.surface.id}, {"product_id": self.product.id}):
            points = chart.get_p_chart(**options)["shares"]["points"]
            self.assertEqual([point["inspection_id"] for point in points], first[:2].ids)
        self.assertEqual([(item["id"], item["count"]) for item in chart.get_characteristics()], [(self.width.id, 8)])

    def test_units_of_another_tolerance_are_not_mixed_in(self):
        """REC-4: the characteristic's unit was changed later: the former values are in millimetres."""
        self._measured(GROUPS)
        self.width.uom_id = self.env.ref("uom.product_uom_cm")
        self.assertIn("0", self._read()["problem"])

    def test_share_nonconforming_of_unequal_samples(self):
        """REC-4: one point for each sample of the class, limits by its size; nonconformities are no share."""
        inspections = self._measured([[10.0]] * 4)
        self.env["quality.inspection.sample"].create([{
            "inspection_id": inspection.id, "defect_class": defect_class, "method": "aql", "measure": measure,
            "sample_size": size, "nonconforming": bad, "decision": "accept",
        } for inspection, defect_class, measure, size, bad in (
            (inspections[0], "major", "items", 50, 1), (inspections[1], "major", "items", 200, 4),
            (inspections[2], "major", "items", 50, 20), (inspections[3], "major", "nonconformities", 50, 3),
            (inspections[0], "minor", "items", 20, 0))])
        found = self.chart.with_user(self.inspector).get_p_chart(product_id=self.product.id)
        points = found["shares"]["points"]
        self.assertEqual([point["inspection_id"] for point in points], inspections[:3].ids)
        self.assertAlmostEqual(found["shares"]["center"], 25 / 300)
        self.assertEqual(points[2]["rules"], ["1"])
        self.assertEqual(points[2]["detail"], "20 of 50")
        self.assertLess(points[1]["upper"], points[0]["upper"])
        self.assertTrue(self.chart.with_user(self.inspector).get_p_chart(defect_class="minor")["problem"])

    def test_share_of_a_characteristic_counts_the_units_that_failed_it(self):
        """REC-4: per unit the failed results, else the count of the inspector."""
        inspections = self._measured([[10.0]] * 2)
        vals = self.surface._prepare_line_vals()
        self.env["quality.inspection.line"].create([
            {**vals, "inspection_id": inspections[0].id, "sample_size": 20, "is_entered": True, "defect_count": 3},
            {**vals, "inspection_id": inspections[1].id, "sample_size": 4, "per_unit": True, "measurement_ids": [
                Command.create({"unit_no": unit, "ok": "ng" if unit == 1 else "ok"}) for unit in range(1, 5)]}])
        found = self.chart.with_user(self.inspector).get_p_chart(characteristic_id=self.surface.id)
        self.assertEqual([point["value"] for point in found["shares"]["points"]], [0.15, 0.25])

    def test_characteristics_with_results_are_offered(self):
        """REC-4: only what was measured on the product and concluded."""
        self._measured(GROUPS[:1])
        offered = self.chart.with_user(self.inspector).get_characteristics(self.product.id)
        self.assertEqual([(item["id"], item["count"]) for item in offered], [(self.width.id, 1)])
        self.assertFalse(self.chart.with_user(self.inspector).get_characteristics(self.other_product.id))

    def test_queries_do_not_grow_with_the_points(self):
        """REC-4: constant queries: eight inspections, then forty."""
        self._measured(GROUPS)
        chart = self.chart.with_user(self.inspector)

        def queries():
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            chart.get_chart(self.width.id)
            return self.cr.sql_log_count - before

        queries()
        few = queries()
        for _turn in range(4):
            self._measured(GROUPS)
        self.assertLessEqual(queries(), few)

    def test_others_read_no_charts(self):
        """REC-4: the rights of inspections are those of their charts."""
        self._measured(GROUPS)
        guard = new_test_user(
            self.env, "chart_guard", "stock_gate_pass.group_gate_guard", context={"no_reset_password": True})
        with self.assertRaises(AccessError):
            self.chart.with_user(guard).get_chart(self.width.id)
        with self.assertRaises(AccessError):
            self.chart.with_user(guard).get_p_chart()
        with self.assertRaises(AccessError):
            self.chart.with_user(guard).get_characteristics()

    def test_another_companys_results_are_not_charted(self):
        """REC-4: record rules hold."""
        company = self.env["res.company"].create({"name": "Other"})
        self._measured(GROUPS)
        inspection = self.env["quality.inspection"].search([("product_id", "=", self.product.id)], limit=8)
        self.env.flush_all()
        self.env.cr.execute("UPDATE quality_inspection SET company_id = %s WHERE id = %s",
                            (company.id, inspection[0].id))
        self.env.cr.execute("UPDATE quality_inspection_line SET company_id = %s WHERE inspection_id = %s",
                            (company.id, inspection[0].id))
        self.env.invalidate_all()
        self.assertEqual(len(self._read()["means"]["points"]), 7)
