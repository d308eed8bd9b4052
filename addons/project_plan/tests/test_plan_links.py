from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PlanCommon


@tagged("-at_install", "post_install")
@freeze_time(PlanCommon.NOW)
class TestPlanLinks(PlanCommon):
    def test_dependencies_follow_links(self):
        """PLN-3: finish to start is Odoo's own dependency; other kinds are none."""
        self.assertEqual(self.second.depend_on_ids, self.first)
        self.assertEqual(self.second.state, "04_waiting_normal")
        link = self.second.link_in_ids
        link.kind = "ss"
        self.assertFalse(self.second.depend_on_ids)
        self.assertEqual(self.second.state, "01_in_progress")
        link.kind = "fs"
        self.assertEqual(self.second.depend_on_ids, self.first)
        link.unlink()
        self.assertFalse(self.second.depend_on_ids)

    def test_links_follow_dependencies(self):
        """PLN-3: a dependency that is written makes a link and moves the dates; one taken away takes the link along."""
        self.third.write({"depend_on_ids": [Command.link(self.first.id)]})
        self.assertEqual(self.third.link_in_ids.predecessor_id, self.first + self.second)
        self.third.write({"depend_on_ids": [Command.unlink(self.second.id)]})
        self.assertEqual(self.third.link_in_ids.predecessor_id, self.first)
        self.assertEqual(self._dates(self.third)[0][0], "12-09 08:00")
        self.first.write({"dependent_ids": [Command.clear()]})
        self.assertFalse(self.third.link_in_ids)
        self.assertEqual(self._dates(self.third)[0][0], "12-07 08:00")

    def test_link_keeps_its_lag(self):
        """PLN-3: a dependency that is written again does not reset the lag of its link."""
        link = self.second.link_in_ids
        link.lag_hours = 4
        self.second.write({"depend_on_ids": [Command.set(self.first.ids)]})
        self.assertEqual(self.second.link_in_ids, link)
        self.assertEqual(link.lag_hours, 4)

    def test_item_created_with_dependencies(self):
        """PLN-3: an item that is created with dependencies waits for them and has its links."""
        task = self.env["project.task"].create({
            "name": "Test", "project_id": self.plan.id, "plan_department_id": self.workshop.id, "duration_hours": 8,
            "depend_on_ids": [Command.link(self.third.id)]})
        self.assertEqual(task.link_in_ids.predecessor_id, self.third)
        self.assertEqual(self._dates(task), [("12-21 08:00", "12-21 17:00")])

    def test_client_cannot_pretend_to_mirror(self):
        """PLN-3: no context of a client keeps links and dependencies apart."""
        self.third.with_context(plan_mirroring=True).write({"depend_on_ids": [Command.clear()]})
        self.assertFalse(self.third.link_in_ids)

    def test_links_stay_in_the_plan(self):
        """PLN-3: items of two plans are not linked; a dependency on a task outside stays Odoo's own affair."""
        other = self._plan(name="S2")
        with self.assertRaisesRegex(ValidationError, "one plan"):
            self.env["project.task.link"].create({
                "predecessor_id": other.plan_item_ids[0].id, "successor_id": self.first.id})
        self.first.write({"depend_on_ids": [Command.link(other.plan_item_ids[0].id)]})
        self.assertFalse(self.first.link_in_ids)

    @mute_logger("odoo.sql_db")
    def test_pair_is_linked_once(self):
        """PLN-3: two items are linked once."""
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["project.task.link"].create({
                "predecessor_id": self.first.id, "successor_id": self.second.id, "kind": "ss"})

    def test_who_links(self):
        """PLN-3: planners link items, departments do not, by no door."""
        link = self.second.link_in_ids
        with self.assertRaises(AccessError):
            link.with_user(self.designer).lag_hours = 8
        with self.assertRaises(AccessError):
            self.second.with_user(self.designer).write({"depend_on_ids": [Command.clear()]})
        link.with_user(self.planner).lag_hours = 8
        self.assertEqual(self._dates(self.second)[0][0], "12-10 08:00")

    def test_template_circle(self):
        """PLN-3: a template whose items wait for each other is refused, by name."""
        first, *_others, last = self.template.item_ids
        with self.assertRaisesRegex(ValidationError, "Cabinet.*Design.*Ready|Cabinet.*Ready.*Design"):
            self.template.link_ids = [Command.create({"predecessor_id": last.id, "successor_id": first.id})]

    def test_template_copy(self):
        """PLN-3: a copied template has the same items and links of its own."""
        copied = self.template.copy()
        self.assertEqual(copied.item_ids.mapped("name"), self.template.item_ids.mapped("name"))
        self.assertFalse(copied.item_ids & self.template.item_ids)
        self.assertEqual(copied.link_ids.mapped("predecessor_id.template_id"), copied)
        self.assertEqual(len(copied.link_ids), 3)
