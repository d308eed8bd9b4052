from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import ScheduleCase


@tagged("post_install", "-at_install")
class TestScheduleArch(ScheduleCase):
    def make(self, attributes, inner=""):
        dates = 'date_start="planned_start" date_stop="planned_finish"'
        return self.env["ir.ui.view"].create({
            "name": "made", "model": "test.schedule.item", "type": "schedule",
            "arch": f"<schedule {dates if 'date_start' not in attributes else ''} {attributes}>{inner}</schedule>"})

    def test_faults_are_named(self):
        """PLN-19: a faulty view is refused by attribute, value and cure."""
        for attributes, expected in (
            ('date_start="planned_start"', "must have the attribute date_stop"),
            ('date_start="" date_stop="planned_finish"', "must have the attribute date_start"),
            ('date_start="planned_start" date_stop="no_field"', 'date_stop="no_field": test.schedule.item has no such'),
            ('date_start="name" date_stop="planned_finish"', 'date_start="name": the field must be of type date, date'),
            ('date_start="day_start" date_stop="planned_finish"', "must both be dates"),
            ('baseline_start="shadow_start"', 'baseline_start="shadow_start": the field is neither stored nor'),
            ('progress="is_critical"', 'progress="is_critical": the field must be of type integer, float'),
            ('critical="progress"', 'critical="progress": the field must be of type boolean'),
            ('parent="partner_id"', 'parent="partner_id": the field must lead to test.schedule.item itself'),
            ('parent="kind"', 'parent="kind": the field must be of type many2one'),
            ('default_scale="year"', 'default_scale="year": the timeline can be zoomed to day, week, month, quarter'),
            ('default_group_by="kind,nothing"', 'default_group_by="nothing": test.schedule.item has no such field'),
            ('default_order="planned_start down"', 'default_order="planned_start down" cannot be read'),
            ('default_order="nothing desc"', 'default_order="nothing": test.schedule.item has no such field'),
            ('limit="many"', 'limit="many" must be a whole number'),
            ('colour="kind"', "has no attribute colour"),
        ):
            with self.subTest(attributes=attributes), self.assertRaisesRegex(ValidationError, expected):
                self.make(attributes)
        with self.assertRaisesRegex(ValidationError, "not <button>"):
            self.make("", '<button name="x"/>')

    def test_sound_views(self):
        """PLN-19: only the two dates are needed; everything else is taken as it is described."""
        self.make("")
        self.make('date_start="day_start" date_stop="day_finish" class="o_x" js_class="y" create="0" string="Z"')
        self.make('default_group_by="partner_id,planned_start:week" default_order="planned_start desc, id" limit="9"')

    def test_browser_knows_the_fields_of_attributes(self):
        """PLN-19: fields named by attributes only come with the view, except those the user may not see."""
        self.make('date_start="day_start" date_stop="day_finish" deadline="cost_until"').priority = 1
        names = self.as_user.get_views([(False, "schedule")])["models"]["test.schedule.item"]["fields"]
        self.assertIn("day_start", names)
        self.assertNotIn("cost_until", names)

    def test_actions_may_show_it(self):
        """PLN-19: an action lists the timeline among its views, and the web client is told of the type."""
        action = self.env.ref("test_web_schedule.test_schedule_item_action")
        self.assertIn("schedule", [mode for _view, mode in action.views])
        action.view_ids = [(0, 0, {"view_mode": "schedule"})]
        self.assertEqual(self.env["ir.ui.view"].get_view_info()["schedule"]["icon"], "fa fa-tasks")
