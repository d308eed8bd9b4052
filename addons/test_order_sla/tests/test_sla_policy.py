from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SlaCommon


@tagged("-at_install", "post_install")
class TestSlaPolicy(SlaCommon):
    """Policies are data: what they refuse, what they say, what happens to their clocks."""

    def assertRefused(self, words, **values):
        with self.assertRaisesRegex(ValidationError, words), self.cr.savepoint():
            self._new_policy("Answer", **values)

    def test_bad_domains_name_policy_and_field(self):
        """SLA-1: a condition that cannot work is refused; the message names policy and field."""
        self.assertRefused("Answer, field Starts When: .*nothing", start_domain="[('nothing', '=', 1)]")
        self.assertRefused("Answer, field Stops When: ", stop_domain="[('state', '=', ")
        self.assertRefused("Answer, field Pauses While: .*constants", pause_domain="[('user_id', '=', uid)]")
        self.assertRefused("Answer, field Cancelled When: ", cancel_domain="[('user_id.nothing', '=', 1)]")
        self.assertRefused("Answer, field Stops When: ", stop_domain="[('state', 'near', 'done')]")
        self.assertRefused("Answer, field Stops When: ", stop_domain="'state'")

    def test_condition_on_a_field_that_cannot_be_searched(self):
        """SLA-1: what cannot be found in the database cannot be a condition."""
        self.assertRefused("Answer, field Stops When: ", stop_domain="[('sla_clock_count', '=', 1)]")

    def test_bad_paths_name_policy_and_field(self):
        """SLA-1: a path must lead to a number, a date, a person, a department."""
        self.assertRefused("Answer, field Limit Field: .*number", limit_source="field", limit_field="name")
        self.assertRefused("Answer, field Limit Field: ", limit_source="field")
        self.assertRefused("Answer, field Date Field: .*date", anchor="before", anchor_field="limit_hours")
        self.assertRefused("Answer, field Date Field: ", anchor="after", anchor_field="user_id.nothing")
        self.assertRefused("Answer, field Responsible Field: .*user", responsible_field="partner_id")
        self.assertRefused("Answer, field Responsible Field: ", responsible_field="name.user_id")
        self.assertRefused("Answer, field Department Field: .*department", department_field="user_id")

    def test_incomplete_responsible(self):
        """SLA-1: a policy knows who is responsible."""
        self.assertRefused("Answer, field User: ", responsible_kind="user")
        self.assertRefused("Answer, field Department: ", responsible_kind="department")

    def test_model_without_the_mixin(self):
        """SLA-1: only documents with time limits can be watched; they can be told apart."""
        self.assertRefused("Answer, field Document: ", model_id=self.env["ir.model"]._get_id("res.partner"),
                           start_domain="[]", stop_domain=False, pause_domain=False, cancel_domain=False)
        watchable = self.env["ir.model"].search([("is_sla", "=", True)]).mapped("model")
        self.assertIn("test.order.sla.document", watchable)
        self.assertNotIn("res.partner", watchable)
        self.assertNotIn("sla.mixin", watchable)

    @mute_logger("odoo.sql_db")
    def test_negative_limit(self):
        """SLA-1: a limit is not negative."""
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._new_policy(limit_value=-1)

    @mute_logger("odoo.sql_db")
    def test_code_is_unique(self):
        """SLA-1: a code names one policy of a company."""
        self._new_policy("One", code="answer")
        other = self.env["res.company"].create({"name": "Other"})
        self._new_policy("Other", code="answer", company_id=other.id)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._new_policy("Two", code="answer")

    def test_steps_fit_their_document(self):
        """SLA-1: a step that cannot be done on the document is refused; the message names policy and step."""
        template = self.env["mail.template"].create({
            "name": "T", "model_id": self.env["ir.model"]._get_id("res.partner")})
        action = self.env["ir.actions.server"].create({
            "name": "A", "model_id": self.env["ir.model"]._get_id("res.partner"), "state": "code", "code": "pass"})
        for step in (
            {"action": "mail"}, {"action": "mail", "mail_template_id": template.id},
            {"action": "server_action"}, {"action": "server_action", "server_action_id": action.id},
            {"recipient": "user"},
        ):
            with self.subTest(step=step):
                self.assertRefused("Answer, step Bad: ", step_ids=[Command.create({"name": "Bad"} | step)])
        plain = {"model_id": self.env["ir.model"]._get_id("test.order.sla.plain"), "start_domain": "[]",
                 "stop_domain": False, "pause_domain": False, "cancel_domain": False}
        for action in ("activity", "chatter"):
            self.assertRefused("Answer, step Bad: ", **plain, step_ids=[
                Command.create({"name": "Bad", "action": action})])

    def test_policy_on_a_plain_document(self):
        """SLA-1: nothing but the mixin is needed: no company, no messages, no activities."""
        self._new_policy(
            model_id=self.env["ir.model"]._get_id("test.order.sla.plain"), start_domain="[('is_open', '=', True)]",
            stop_domain=False, pause_domain=False, cancel_domain=False)
        plain = self.env["test.order.sla.plain"].create({"name": "P", "is_open": True, "user_id": self.li.id})
        clock = self.clock_of(plain)
        self.assertRecordValues(clock, [{"company_id": self.company.id, "user_id": self.li.id, "res_name": "P"}])
        plain.is_open = False
        self.assertFalse(clock.is_open)

    def test_broken_policy_does_not_stop_people_from_working(self):
        """SLA-4: a condition that an uninstalled addon has broken is left out, saving records goes on."""
        policy = self._new_policy()
        self.env.flush_all()
        self.env.cr.execute("UPDATE sla_policy SET start_domain = %s WHERE id = %s", [
            "[('gone', '=', 1)]", policy.id])
        self.env.invalidate_all()
        self.env.registry.clear_cache("stable")
        with self.assertLogs("odoo.addons.order_sla.models.sla_policy_watch", "WARNING"):
            document = self._new_document()
        self.assertFalse(self.clock_of(document))

    def test_policies_of_other_companies(self):
        """SLA-1: a policy of a company is for its documents, one without company for all."""
        other = self.env["res.company"].create({"name": "Other"})
        policy = self._new_policy(company_id=other.id)
        everywhere = self._new_policy("Everywhere", company_id=False)
        document = self._new_document()
        clocks = self.Clock.search([("res_id", "=", document.id), ("res_model", "=", document._name)])
        self.assertEqual(clocks.policy_id, everywhere)
        document = self._new_document(company_id=other.id)
        clocks = self.Clock.search([("res_id", "=", document.id), ("res_model", "=", document._name)])
        self.assertEqual(clocks.policy_id, policy | everywhere)
        self.assertEqual(clocks.company_id, other)

    def test_new_policy_leaves_existing_records(self):
        """SLA-1: a new policy concerns records from their next change on, or when it is applied to them."""
        documents = self._new_document() | self._new_document(name="D2", state="done") | self._new_document(name="D3")
        policy = self._new_policy()
        self.assertFalse(policy.open_clock_count)
        documents[2].state = "submitted"
        self.assertEqual(policy.open_clock_count, 1)
        action = policy.action_apply_to_existing()
        self.assertIn("1 clocks started", action["params"]["message"])
        self.assertEqual(policy.open_clock_count, 2)
        policy.action_apply_to_existing()
        self.assertEqual(policy.open_clock_count, 2)

    def test_policy_with_clocks_is_kept(self):
        """SLA-4: history is kept: a policy with clocks is archived, not deleted."""
        policy = self._new_policy()
        unused = self._new_policy("Unused", start_domain="[('state', '=', 'draft')]")
        self._new_document()
        with self.assertRaisesRegex(UserError, "Archive"):
            policy.unlink()
        unused.unlink()

    def test_deleted_policy_is_forgotten(self):
        """SLA-4: a deleted policy starts nothing any more."""
        policy = self._new_policy()
        self._new_document(state="draft")
        policy.unlink()
        self.assertFalse(self.clock_of(self._new_document()))

    def test_summaries(self):
        """SLA-1: policies and steps say what they are in plain words."""
        policy = self._new_policy(steps=[
            {"name": "Soon", "offset": 1, "timing": "before"}, {"name": "Now"},
            {"name": "Later", "offset": 2, "unit": "days", "recipient": "user", "user_id": self.qian.id}])
        self.assertEqual(policy.summary, "8 hours (working time) from the start")
        self.assertEqual(policy.step_ids.mapped("summary"), [
            "1 hours before the deadline: Activity, Responsible", "At the deadline: Activity, Responsible",
            "2 days after the deadline: Activity, Qian"])
        policy.write({"anchor": "before", "anchor_field": "planned_date", "limit_source": "field",
                      "limit_field": "limit_hours"})
        self.assertEqual(policy.summary, "Limit Hours hours (working time) before Planned Date")
        policy.anchor = "after"
        self.assertIn("after Planned Date", policy.summary)

    def test_copy(self):
        """SLA-1: a copied policy has the same steps, another name and no code."""
        policy = self._new_policy(code="answer", steps=[{"name": "Now"}])
        copy = policy.copy()
        self.assertEqual(copy.name, "Answer (copy)")
        self.assertFalse(copy.code)
        self.assertEqual(copy.step_ids.mapped("name"), ["Now"])

    def test_clocks_of_a_policy(self):
        """SLA-3: a policy opens its clocks."""
        policy = self._new_policy()
        self._new_document()
        action = policy.action_view_clocks()
        self.assertEqual(len(self.env[action["res_model"]].search(action["domain"])), 1)

    def test_domains_of_all_kinds(self):
        """SLA-1: conditions may use any operator that Odoo can search by, on paths too."""
        for start in (
            "[('state', 'in', ['submitted'])]", "['|', ('state', '=', 'x'), ('user_id.login', 'ilike', 'sla_li')]",
            f"[('department_id', 'child_of', {self.management.id})]", "[('user_id', '!=', False)]",
            "[('line_ids.is_ready', '=', True)]", "[('line_ids', 'any', [('amount', '>', 5)])]",
            "['!', ('state', '=', 'draft')]", "[('is_large', '=', False)]",
        ):
            with self.subTest(start=start):
                policy = self._new_policy(start_domain=start)
                document = self._new_document(department_id=self.design.id, line_ids=[
                    Command.create({"is_ready": True, "amount": 6})])
                self.assertEqual(self.clock_of(document, policy).state, "running")
                policy.active = False
