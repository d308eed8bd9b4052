import re

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import SlaCommon


@tagged("-at_install", "post_install")
class TestSlaCondition(SlaCommon):
    """Conditions that nobody would notice are refused, in the user's words."""

    def _refusal(self, condition):
        with self.assertRaises(ValidationError) as caught, self.cr.savepoint():
            self._new_policy("Answer", stop_domain=condition)
        self.assertIn("Answer, field Stops When: ", str(caught.exception))
        return str(caught.exception)

    def test_condition_that_moves_with_time(self):
        """SLA-1: a comparison with today would never be noticed: it is refused, and the way out is named."""
        for condition in (
            "[('planned_date', '<', 'today')]", "[('planned_date', '>=', '-3d')]", "[('planned_at', '<', 'now')]",
            "[('planned_date', 'in', ['2026-03-02', 'today +1d'])]", "[('planned_at', '<=', '=monday')]",
            "['|', ('state', '=', 'done'), '!', ('planned_date', '<', 'today')]",
            "[('line_ids.document_id.planned_date', '<', 'today')]",
            "[('line_ids', 'any', [('document_id.planned_date', '<', 'today')])]",
            "[('line_ids', 'any', [('document_id', 'any', [('planned_date', '<', 'today')])])]",
            "[('is_past', '=', True)]", "[('line_ids.document_id.is_past', '=', True)]",
            "[('activity_state', '=', 'overdue')]",
        ):
            with self.subTest(condition=condition):
                self.assertRegex(self._refusal(condition), "moves as time passes.*before or after that date")

    def test_condition_on_what_nobody_announces(self):
        """SLA-1: a field that depends on nothing changes unseen."""
        self.assertIn("Time Limit State", self._refusal("[('sla_state', '=', 'late')]"))

    def test_fixed_dates_are_conditions(self):
        """SLA-1: dates that stand still are conditions as any other."""
        for condition in (
            "[('planned_date', '<', '2026-03-02')]", "[('planned_at', '>', '2026-03-02 10:00:00')]",
            "[('planned_date', '!=', False)]", "[('planned_date', 'in', ['2026-03-02', False])]",
            "[('name', '=', 'today')]", "[('planned_date.month_number', '=', 3)]", "[('is_large', '=', True)]",
            "[('message_ids', '!=', False)]", "[('user_id', '=', 'today')]", "[('partner_id.name', 'like', 'now')]",
        ):
            with self.subTest(condition=condition):
                self.assertTrue(self._new_policy(stop_domain=condition))

    def test_refusal_speaks_the_users_words(self):
        """SLA-1: what is wrong is said by labels; no technical name of a model, no message of the framework."""
        for condition, words in (
            ("[('nothing', '=', 1)]", "SLA Test Document has no field nothing"),
            ("[('user_id.nothing', '=', 1)]", "User has no field nothing"),
            ("[('line_ids', 'any', [('nothing', '=', 1)])]", "SLA Test Line has no field nothing"),
            ("[('sla_clock_count', '=', 1)]", "Clock Count cannot be searched by"),
            ("[('state', 'near', 'done')]", "an operator, a value or a bracket"),
            ("[('planned_date', '<', 'soon')]", "moves as time passes"),
            ("['|', ('state', '=', 'done')]", "an operator, a value or a bracket"),
            ("[('name', 'any', [('state', '=', 'done')])]", "an operator, a value or a bracket"),
            ("[('planned_date', '=', '2026-99-99')]", "an operator, a value or a bracket"),
            ("[('state', '=', uid)]", "constants"), ("[('state', '=', ", "constants"), ("[" * 5000, "constants"),
            ("5", "an operator, a value or a bracket"), ("[('limit_hours', '=', 1/2)]", "constants"),
        ):
            with self.subTest(condition=condition[:60]):
                message = self._refusal(condition)
                self.assertIn(words, message)
                self.assertFalse(re.search(r"test\.order|res\.users|Invalid|Error|malformed", message), message)

    def test_history_speaks_the_users_words(self):
        """SLA-4: the history names an empty field by its label, in the reader's language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.model.fields"]._get("test.order.sla.document", "planned_date").with_context(
            lang="zh_CN").field_description = "计划日期"
        self._new_policy(anchor="before", anchor_field="planned_date")
        clock = self.clock_of(self._new_document())
        note = clock.event_ids.filtered(lambda event: event.kind == "note")
        self.assertIn("Planned Date", note.note)
        self.assertIn("计划日期", note.with_context(lang="zh_CN").note)
