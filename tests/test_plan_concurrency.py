"""Two people, or two documents, at one master plan at the same moment. Everything here commits, in a clone."""
import unittest
from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

import odoo.api
from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

from cloning import cloned_database


class TestPlanConcurrency(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.clone = self.enterContext(cloned_database())
        with self.clone.env() as env:
            department = env["hr.department"].create({"name": "Works", "company_id": env.company.id})
            plan = env["project.project"].create({
                "name": "S9", "is_plan": True, "plan_kind": "regular", "company_id": env.company.id,
                "promised_date": fields.Date.today() + timedelta(days=90),
                "plan_item_ids": [Command.create({
                    "name": name, "duration_hours": 8, "plan_department_id": department.id,
                    "plan_user_id": env.ref("base.user_admin").id}) for name in ("Design", "Parts", "Assembly")]})
            self.plan_id, self.ids = plan.id, plan.plan_item_ids.ids

    def _environment(self, cursor):
        """An environment whose transaction has begun: it has seen the plan."""
        env = odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {})
        env["project.project"].browse(self.plan_id).read(["plan_state", "forecast_finish"])
        return env

    def test_two_items_at_once(self):
        """PLN-11: two items are reported in two transactions: the second meets what the first did, so that the forecast
        holds both, whichever items moved."""
        with self.clone.cursor() as mine, self.clone.cursor() as theirs:
            one, other = self._environment(mine), self._environment(theirs)
            one["project.task"].browse(self.ids[0]).plan_progress = 100
            mine.commit()
            with self.assertRaises(SerializationFailure):
                other["project.task"].browse(self.ids[1]).plan_progress = 100
        with self.clone.env() as env:  # as Odoo starts the request again
            env["project.task"].browse(self.ids[1]).plan_progress = 100
        with self.clone.env() as env:
            self.assertAlmostEqual(env["project.project"].browse(self.plan_id).plan_progress, 66.67, 1)

    def test_forecast_of_the_day_leaves_a_plan_that_is_moved(self):
        """PLN-6, ARC-6: somebody moves an item of a plan that the job has before it: his forecast stands, and the job
        goes on with the other plans."""
        with self.clone.env() as env:
            plan = env["project.project"].browse(self.plan_id)
            second = env["project.project"].create({
                "name": "S10", "is_plan": True, "plan_kind": "regular", "company_id": plan.company_id.id,
                "plan_item_ids": [Command.create({"name": "Design", "duration_hours": 8})]}).id
            reschedule, done = type(plan)._reschedule, []

        def move_first(plans):
            if plans.env.cr is not cr:  # whoever moves it
                return reschedule(plans)
            if plans.id == self.plan_id:
                plans.read(["forecast_finish"])
                with self.clone.env() as env:
                    env["project.task"].browse(self.ids[0]).plan_progress = 100
            reschedule(plans)
            return done.extend(plans.ids)

        with self.clone.cursor() as cr:
            job = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
            with patch.object(type(job["project.project"]), "_reschedule", move_first):
                job["project.project"]._cron_reschedule()
        self.assertIn(second, done)
        self.assertNotIn(self.plan_id, done)
        with self.clone.env() as env:
            self.assertAlmostEqual(env["project.project"].browse(self.plan_id).plan_progress, 33.33, 1)

    def test_two_releases_at_once(self):
        """PLN-7: of two planners who release a plan one makes the revision; the other one, started again, is told that
        nothing has changed since."""
        with self.clone.cursor() as mine, self.clone.cursor() as theirs:
            one, other = self._environment(mine), self._environment(theirs)
            one["project.project"].browse(self.plan_id).action_release_plan()
            mine.commit()
            with self.assertRaises(SerializationFailure):
                other["project.project"].browse(self.plan_id).action_release_plan()
        with self.clone.env() as env:
            plan = env["project.project"].browse(self.plan_id)
            self.assertEqual(len(plan.baseline_ids), 1)
            with self.assertRaisesRegex(UserError, "nothing has changed"):
                plan.action_release_plan()
