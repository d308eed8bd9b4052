from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import SlaCommon


@tagged("-at_install", "post_install")
class TestSlaAccess(SlaCommon):
    """Who may see and do what, by RPC as by the forms."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls._new_policy(steps=[{"name": "Now"}])
        cls.document = cls._new_document()
        cls.clock = cls.Clock.search([("res_id", "=", cls.document.id), ("res_model", "=", cls.document._name)])
        cls.other_company = cls.env["res.company"].create({"name": "Other"})
        cls.manager = cls._new_user("manager", "base.group_user,order_sla.group_order_sla_manager")
        cls.stranger = cls._new_user("stranger", "base.group_user,order_sla.group_order_sla_manager",
                                     cls.other_company)
        cls.colleague = cls._new_user("colleague")
        cls.portal = new_test_user(cls.env, "sla_portal", "base.group_portal", company_id=cls.company.id,
                                   company_ids=[(6, 0, cls.company.ids)])

    def _as(self, user, records):
        """The records as the user meets them, logged in to the own companies."""
        return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    def _seen(self, user):
        return bool(self._as(user, self.Clock).search([("id", "=", self.clock.id)]))

    def test_who_sees_a_clock(self):
        """SLA-2: the responsible, the managers up the departments, the administrator of the company; nobody else."""
        seen = {user.name: self._seen(user) for user in (
            self.li, self.sun, self.qian, self.zhao, self.manager, self.colleague, self.stranger)}
        self.assertEqual(seen, {"Li": True, "Sun": True, "Qian": True, "Zhao": True, "Manager": True,
                                "Colleague": False, "Stranger": False})

    def test_history_is_seen_with_its_clock(self):
        """SLA-4: events are seen by those who see the clock."""
        for user, count in ((self.li, 1), (self.qian, 1), (self.manager, 1), (self.colleague, 0), (self.stranger, 0)):
            events = self._as(user, self.env["sla.clock.event"]).search([("clock_id", "=", self.clock.id)])
            self.assertEqual(len(events), count, user.name)

    def test_department_access_follows_at_once(self):
        """SLA-2: who becomes the manager of a department sees its clocks from then on."""
        self.assertFalse(self._seen(self.colleague))
        self.design.manager_id = self._new_employee(self.colleague, self.design)
        self.assertTrue(self._seen(self.colleague))
        self.assertFalse(self._seen(self.sun))

    def test_portal_sees_nothing(self):
        """SLA-2: customers see no clocks, policies or extra working days."""
        for model in ("sla.clock", "sla.clock.event", "sla.policy", "sla.policy.step", "resource.calendar.extra.day"):
            with self.assertRaises(AccessError, msg=model):
                self.env[model].with_user(self.portal).search([])
        with self.assertRaises(AccessError):
            self.Clock.with_user(self.portal).get_my_clocks()

    def test_nobody_writes_clocks(self):
        """SLA-4: clocks and their history are written by the engine alone, whoever asks, whatever the context."""
        event = self.clock.event_ids
        for user in (self.li, self.zhao, self.manager, self.env.ref("base.user_admin")):
            for context in ({}, {"sla_engine": True, "install_mode": True}):
                clock, own = self.clock.with_user(user).with_context(**context), event.with_user(user)
                for forbidden in (
                    lambda clock=clock: clock.write({"deadline_at": "2030-01-01 00:00:00"}),
                    lambda clock=clock: clock.unlink(),
                    lambda clock=clock: clock.create(self.clock.copy_data()[0]),
                    lambda own=own: own.write({"kind": "met"}),
                    lambda own=own: own.unlink(),
                    lambda own=own: own.create({"clock_id": self.clock.id, "kind": "met", "at": "2026-01-01 00:00:00"}),
                ):
                    with self.assertRaises(AccessError):
                        forbidden()

    def test_employees_do_not_write_policies(self):
        """SLA-1: limits are set up by the administrator of time limits."""
        for forbidden in (
            lambda: self.policy.with_user(self.li).write({"limit_value": 1}),
            lambda: self.policy.step_ids.with_user(self.li).write({"offset": 1}),
            lambda: self.policy.with_user(self.li).unlink(),
            lambda: self.policy.with_user(self.li).action_apply_to_existing(),
            lambda: self.env["resource.calendar.extra.day"].with_user(self.li).create(
                {"name": "x", "date": "2026-03-07"}),
        ):
            with self.assertRaises(AccessError):
                forbidden()
        self.policy.with_user(self.manager).limit_value = 4
        self.assertEqual(self.policy.with_user(self.li).limit_value, 4)

    def test_other_company_does_not_touch_policies(self):
        """SLA-1: administrators of another company neither see nor write ours."""
        self.assertFalse(self._as(self.stranger, self.env["sla.policy"]).search([("id", "=", self.policy.id)]))
        with self.assertRaises(AccessError):
            self._as(self.stranger, self.policy).write({"limit_value": 1})

    def test_manager_needs_no_rights_on_the_documents(self):
        """SLA-1: setting up a policy, and the clocks that follow, needs no right on calendars or departments."""
        policy = self.env["sla.policy"].with_user(self.manager).create({
            "name": "By manager", "model_id": self.policy.model_id.id, "company_id": self.company.id,
            "start_domain": "[('state', '=', 'submitted')]", "responsible_field": "user_id"})
        policy.action_apply_to_existing()
        self.assertEqual(policy.open_clock_count, 1)
        policy.active = False
        self.assertEqual(policy.with_context(active_test=False).open_clock_count, 0)

    def test_document_shows_its_clock_to_its_readers(self):
        """SLA-2: who may read the document sees its limit, also without seeing the clock."""
        document = self.document.with_user(self.colleague)
        self.assertEqual(document.sla_clocks[0]["user"], "Li")
        self.assertEqual(document.sla_clock_count, 1)
        self.assertFalse(self._seen(self.colleague))

    def test_employee_moves_clocks_by_working(self):
        """SLA-4: writing a document moves its clocks whoever writes it; the history says who."""
        self.document.with_user(self.colleague).state = "done"
        self.assertEqual(self.clock.state, "met")
        self.assertEqual(self.clock.event_ids[0].user_id, self.colleague)

    def test_private_methods_stay_private(self):
        """SLA-4: the engine's methods cannot be called by RPC."""
        for name in ("_cron_process", "_process_due", "_evaluate", "_cancel", "_wake", "_claim_due"):
            self.assertTrue(name.startswith("_") and hasattr(self.Clock, name))
        public = {name for name in dir(type(self.Clock)) if name.startswith(("get_my", "action_"))}
        self.assertIn("get_my_clocks", public)
