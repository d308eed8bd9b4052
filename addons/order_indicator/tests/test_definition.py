from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import IndicatorCommon


@tagged("post_install", "-at_install")
class TestDefinition(IndicatorCommon):
    def test_shipped_indicators_are_sound(self):
        """EVA-2, RPT-2: each indicator that comes with the addon can be calculated where its model is installed."""
        shipped = self.Indicator.with_context(active_test=False).search([("code", "!=", False)])
        self.assertGreaterEqual(len(shipped), 25)
        for indicator in shipped:
            with self.subTest(indicator.code):
                if indicator.model in self.env:
                    self.assertFalse(indicator._get_absence() or indicator._get_fault())
                    indicator._measure(indicator._get_periods("month").spans)
                    for dimension in indicator._get_dimensions():
                        self.assertTrue(dimension["name"])
                        indicator.get_breakdown(dimension["id"], "month")
                    self.assertEqual(indicator.get_records_action("month")["res_model"], indicator.model)

    def test_administrator_adds_his_own(self):
        """EVA-2: an indicator of any documents, without code."""
        own = self.Indicator.with_user(self.manager).create({
            "name": "Late", "model": "sla.clock", "kind": "count", "domain": "[('is_late', '=', True)]",
            "date_field": "deadline_at", "better": "lower", "section": "time"})
        self.assertFalse(own.problem)
        self._new_clocks("2026-03-10", breached=2, is_late=True)
        with self.at():
            self.assertEqual(self.card(own)["value"], 2)

    def test_bad_definition_is_refused_with_its_field(self):
        """EVA-2: the message names the field and what is wrong with it."""
        for values, words in (
                ({"model": "moon.landing"}, "Model: moon.landing is no document"),
                ({"model": "ir.cron", "domain": "[]", "hit_domain": "[('active', '=', True)]", "date_field": False,
                  "company_field": False, "department_field": False, "person_field": False, "other_field": False},
                 "Model: you may not read"),
                ({"model": "sla.mixin"}, "Model: sla.mixin is no document"),
                ({"date_field": "moon"}, "Date: moon is no field"),
                ({"date_field": "state"}, "Date: state is not a date or a time"),
                ({"date_field": "policy_id.moon"}, "Date: policy_id.moon is no field"),
                ({"kind": "sum", "measure": "state"}, "Measured Field: state is not a number"),
                ({"kind": "sum", "measure": False}, "Measured Field: it is needed"),
                ({"hit_domain": False}, "Match: it is needed"),
                ({"domain": "[('moon', '=', 1)]"}, "Domain: moon is no field"),
                ({"domain": "[('state', '=', uid)]"}, "Domain: [('state', '=', uid)] is not a condition"),
                ({"domain": "[('state', '=', 'met'"}, "is not a condition"),
                ({"domain": "[('state', 'resembles', 'met')]"}, "Domain: [('state', 'resembles', 'met')] is not"),
                ({"domain": "[('deadline_at', '<', 'some day')]"}, "Domain: it has an operator"),
                ({"department_field": "user_id"}, "Department: user_id does not lead to"),
                ({"person_field": "department_id"}, "Person: department_id does not lead to"),
                ({"other_field": "pauses"}, "Also by: pauses is not something to group by"),
                ({"company_field": "state"}, "Company: state is not a company")):
            with self.subTest(**values):
                with self.assertRaises(ValidationError) as caught:
                    self.kept.with_user(self.manager).write(values)
                self.assertIn(words, str(caught.exception))
