from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SlaCommon

CRON = "odoo.addons.order_sla.models.sla_clock_cron"


@tagged("-at_install", "post_install")
class TestSlaStep(SlaCommon):
    """What steps do, whom they reach, and that one that fails holds up nobody."""

    def _start(self, *steps, **values):
        self.policy = self._new_policy(steps=steps, **values)
        with self.at("2026-03-02 09:00"):
            self.document = self._new_document()
        self.clock = self.clock_of(self.document)
        return self.clock

    def _new_action(self, code, **values):
        return self.env["ir.actions.server"].create({
            "name": "Act", "model_id": self.env["ir.model"]._get_id("test.order.sla.document"),
            "state": "code", "code": code} | values)

    def _step_events(self, clock=None):
        return (clock or self.clock).event_ids.filtered(lambda event: event.kind == "step").sorted("id")

    def test_steps_fire_at_their_moments_once(self):
        """SLA-1, SLA-4: each step fires at its moment and never again."""
        clock = self._start({"name": "Soon", "offset": 1, "timing": "before"}, {"name": "Now"},
                            {"name": "Later", "offset": 1, "timing": "after", "recipient": "manager"})
        self.assertFalse(self.run_cron("2026-03-03 07:59"))
        moments = ["2026-03-03 08:00", "2026-03-03 09:00", "2026-03-03 10:00"]
        for text in moments:
            self.assertEqual(clock.next_event_at, self.utc(text))
            self.run_cron(text)
            self.assertFalse(self.run_cron(text), "nothing is due twice")
        self.assertEqual(len(self._step_events()), 3)
        self.assertFalse(clock.next_event_at)
        self.assertEqual(self._step_events().step_id.mapped("name"), ["Soon", "Now", "Later"])

    def test_steps_missed_are_made_up_in_order(self):
        """SLA-4: after the cron was down everything that is due fires, in its order."""
        self._start({"name": "Soon", "offset": 1, "timing": "before"}, {"name": "Now"},
                    {"name": "Later", "offset": 1, "timing": "after", "recipient": "manager"})
        self.run_cron("2026-03-05 09:00")
        self.assertEqual(self._step_events().step_id.mapped("name"), ["Soon", "Now", "Later"])
        self.assertEqual(self.kinds(self.clock), ["started", "step", "breached", "step", "step"])

    def test_nothing_fires_after_the_end(self):
        """SLA-4: a clock that has ended fires nothing, even if the stop came without notice."""
        self._start({"name": "Now"})
        self.env.cr.execute("UPDATE test_order_sla_document SET state = 'done' WHERE id = %s", [self.document.id])
        self.env.invalidate_all()
        self.run_cron("2026-03-03 09:00")
        self.assertEqual(self.clock.state, "met")
        self.assertFalse(self.document.activity_ids)

    def test_nothing_fires_while_waiting(self):
        """SLA-1: a pause that the cron is the first to see holds the steps back."""
        self._start({"name": "Soon", "offset": 1, "timing": "before"})
        self.env.cr.execute("UPDATE test_order_sla_document SET state = 'waiting' WHERE id = %s", [self.document.id])
        self.env.invalidate_all()
        self.run_cron("2026-03-03 08:00")
        self.assertEqual(self.clock.state, "paused")
        self.assertFalse(self.document.activity_ids)

    def test_activity(self):
        """SLA-1: an activity for the responsible, due on the deadline's date, in the recipient's language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.li.lang = "zh_CN"
        self._start({"name": "Soon", "offset": 1, "timing": "before", "note": "Hurry up"})
        self.policy.step_ids.with_context(lang="zh_CN").name = "快到期"
        self.run_cron("2026-03-03 08:00")
        activity = self.document.activity_ids
        self.assertRecordValues(activity, [{
            "user_id": self.li.id, "sla_clock_id": self.clock.id, "automated": True,
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id}])
        self.assertEqual(str(activity.date_deadline), "2026-03-03")
        self.assertIn("快到期", activity.summary)
        self.assertIn("Hurry up", activity.note)

    def test_activities_close_with_the_clock(self):
        """SLA-1: what a clock asked for is over when the clock ends; other activities stay."""
        self._start({"name": "Soon", "offset": 1, "timing": "before"})
        self.run_cron("2026-03-03 08:00")
        own = self.document.activity_schedule("mail.mail_activity_data_call", user_id=self.li.id)
        self.assertEqual(len(self.document.activity_ids), 2)
        self.document.state = "done"
        self.assertEqual(self.document.activity_ids, own)

    def test_one_person_is_asked_once(self):
        """SLA-1: the next step of a clock renews the to-do that its person has not done; another one gets his own."""
        self._start({"name": "Soon", "offset": 1, "timing": "before"}, {"name": "Now", "note": "Hurry up"},
                    {"name": "Later", "offset": 1, "timing": "after", "recipient": "manager"})
        self.run_cron("2026-03-03 08:00")
        first = self.document.activity_ids
        self.run_cron("2026-03-03 09:00")
        self.assertEqual(self.document.activity_ids, first)
        self.assertIn("Now", first.summary)
        self.assertIn("Hurry up", first.note)
        self.run_cron("2026-03-03 10:00")
        self.assertEqual(self.document.activity_ids.user_id, self.li | self.sun)
        self.assertEqual(len(self.document.activity_ids), 2)

    def test_a_step_renews_the_todo_of_its_type(self):
        """SLA-1: a reminder of what the document itself asked for makes no second to-do, and ends with the first."""
        self._start({"name": "Soon", "offset": 1, "timing": "before"})
        own = self.document.activity_schedule("mail.mail_activity_data_todo", user_id=self.li.id)
        self.run_cron("2026-03-03 08:00")
        self.assertEqual(self.document.activity_ids, own)
        self.assertIn("Soon", own.summary)
        self.document.state = "done"
        self.assertTrue(own.exists(), "the clock did not ask first, so it does not withdraw it")

    def test_who_may_not_open_the_document_is_passed_over(self):
        """SLA-1: an escalation never leads into a closed door: it goes to the next level, and the history says so."""
        self.env["ir.rule"].create({
            "name": "Not for Sun", "model_id": self.env["ir.model"]._get_id("test.order.sla.document"),
            "domain_force": f"[(0, '=', 1)] if user.id == {self.sun.id} else [(1, '=', 1)]"})
        self._start({"name": "Later", "recipient": "manager"})
        self.run_cron("2026-03-03 09:00")
        self.assertEqual(self.document.activity_ids.user_id, self.qian)
        event = self._step_events()
        self.assertEqual(event.reason, "no_manager")
        self.assertEqual(event.args["departments"], "Design")

    def test_message(self):
        """SLA-1: a message on the record that notifies the recipient, with deadline and responsible."""
        self._start({"name": "Overdue", "action": "chatter", "recipient": "manager", "note": "Please help"})
        self.run_cron("2026-03-03 09:00")
        message = self.document.message_ids[0]
        self.assertIn("Please help", message.body)
        self.assertIn("Responsible: Li", message.body)
        self.assertEqual(message.notified_partner_ids, self.sun.partner_id)

    def test_mail(self):
        """SLA-1: a mail from a template, to the recipient of the step."""
        template = self.env["mail.template"].create({
            "name": "Late", "model_id": self.env["ir.model"]._get_id("test.order.sla.document"),
            "subject": "Late: {{ object.name }}", "body_html": "<p>Late</p>"})
        self._start({"name": "Mail", "action": "mail", "recipient": "manager", "mail_template_id": template.id})
        self.run_cron("2026-03-03 09:00")
        mail = self.env["mail.mail"].search([("model", "=", self.document._name), ("res_id", "=", self.document.id)])
        self.assertEqual(mail.subject, "Late: D1")
        self.assertEqual(mail.recipient_ids, self.sun.partner_id)

    def test_server_action(self):
        """SLA-1: a server action runs on the records, all that are due at once."""
        action = self._new_action("records.write({'remark': 'late'})")
        self._start({"name": "Act", "action": "server_action", "server_action_id": action.id})
        with self.at("2026-03-02 09:00"):
            second = self._new_document(name="D2")
        self.run_cron("2026-03-03 09:00")
        self.assertEqual((self.document | second).mapped("remark"), ["late", "late"])

    def test_server_action_that_writes_a_field(self):
        """SLA-1: an action that writes a field, a constant, an expression or along a path, is done on every record."""
        partners = self.env["res.partner"].create([{"name": "P1"}, {"name": "P2"}])
        model_id = self.env["ir.model"]._get_id("test.order.sla.document")
        actions = self.env["ir.actions.server"].create([{
            "name": path, "model_id": model_id, "state": "object_write", "update_path": path, "value": value,
            "evaluation_type": kind,
        } for path, value, kind in (
            ("limit_hours", "5", "value"), ("remark", "record.name", "equation"), ("partner_id.ref", "R", "value"))])
        self._start(*({"name": action.name, "action": "server_action", "server_action_id": action.id}
                      for action in actions))
        self.document.partner_id = partners[0]
        with self.at("2026-03-02 09:00"):
            second = self._new_document(name="D2", partner_id=partners[1].id)
        self.run_cron("2026-03-03 09:00")
        self.assertRecordValues(self.document | second, [
            {"limit_hours": 5, "remark": "D1"}, {"limit_hours": 5, "remark": "D2"}])
        self.assertEqual(partners.mapped("ref"), ["R", "R"])

    def test_escalation_up_the_departments(self):
        """SLA-1: first the department's manager, then the next one up, then the general manager."""
        levels = ("responsible", "manager", "manager_2", "general_manager")
        clock = self._start(*({"name": name, "offset": offset, "recipient": name}
                              for offset, name in enumerate(levels)))
        for hour, (user, level) in enumerate([(self.li, 0), (self.sun, 1), (self.qian, 2), (self.zhao, 3)]):
            self.run_cron(f"2026-03-03 {9 + hour:02}:00")
            self.assertEqual(self.document.activity_ids.sorted("id")[-1].user_id, user)
            self.assertEqual(clock.escalation_level, level)

    def test_escalation_never_to_the_responsible_itself(self):
        """SLA-1: a manager who is responsible is escalated to the next one up."""
        self._start({"name": "Up", "recipient": "manager"})
        self.document.user_id = self.sun
        self.run_cron("2026-03-03 09:00")
        self.assertEqual(self.document.activity_ids.user_id, self.qian)

    def test_escalation_over_a_missing_manager(self):
        """SLA-1: a department without manager escalates to the next level; event and message say so."""
        self._start({"name": "Up", "recipient": "manager"})
        self.design.manager_id = False
        self.run_cron("2026-03-03 09:00")
        self.assertEqual(self.document.activity_ids.user_id, self.qian)
        self.assertEqual(self._step_events().note, "No manager can be reached in Design; next level: Qian")
        self.assertIn("Design", self.document.activity_ids.note)

    def test_escalation_over_an_archived_manager(self):
        """SLA-1: an archived manager is no manager."""
        self._start({"name": "Up", "recipient": "manager"})
        self.sun.active = False
        self.run_cron("2026-03-03 09:00")
        self.assertEqual(self.document.activity_ids.user_id, self.qian)

    def test_general_manager_of_the_company(self):
        """SLA-1: the company can name its general manager; else it is the manager of the topmost department."""
        boss = self._new_user("boss")
        self.company.sla_general_manager_id = boss
        self._start({"name": "Top", "recipient": "general_manager"})
        self.run_cron("2026-03-03 09:00")
        self.assertEqual(self.document.activity_ids.user_id, boss)

    def test_next_manager_where_there_is_none(self):
        """SLA-1: where the departments end the general manager is the next level."""
        self._start({"name": "Up", "recipient": "manager_2"})
        self.document.user_id = self.zhao
        self.company.sla_general_manager_id = self.qian
        self.run_cron("2026-03-03 09:00")
        self.assertEqual(self.document.activity_ids.user_id, self.qian)

    def test_nobody_to_tell(self):
        """SLA-4: a step that reaches nobody says so and does not block the next ones."""
        self._start({"name": "Now"}, {"name": "User", "offset": 1, "recipient": "user", "user_id": self.qian.id})
        self.document.user_id = False
        self.run_cron("2026-03-03 11:00")
        self.assertEqual(self._step_events()[0].note, "Now: nobody could be reached")
        self.assertEqual(self.document.activity_ids.user_id, self.qian)

    def test_fixed_user_who_is_archived(self):
        """SLA-4: a fixed recipient who is archived is told nothing; the history says so."""
        self._start({"name": "User", "recipient": "user", "user_id": self.qian.id})
        self.qian.active = False
        self.run_cron("2026-03-03 09:00")
        self.assertFalse(self.document.activity_ids)
        self.assertIn("nobody", self._step_events().note)

    @mute_logger(CRON)
    def test_one_bad_record_holds_up_nobody(self):
        """SLA-4: of twenty due clocks the one whose action fails is tried again later, the others are done."""
        action = self._new_action(
            "for one in records:\n    if one.name == 'Bad':\n        raise UserError('No luck')\n"
            "    one.write({'remark': 'late'})")
        self._start({"name": "Act", "action": "server_action", "server_action_id": action.id})
        with self.at("2026-03-02 09:00"):
            documents = self.Document.create([
                {"name": "Bad" if n == 7 else f"D{n}", "state": "submitted", "user_id": self.li.id}
                for n in range(20)])
        self.run_cron("2026-03-03 09:00")
        bad = documents.filtered(lambda document: document.name == "Bad")
        self.assertEqual(set((documents - bad).mapped("remark")), {"late"})
        clock = self.clock_of(bad)
        self.assertRecordValues(clock, [{
            "error": "No luck", "attempts": 1, "next_event_at": self.utc("2026-03-03 09:02"), "state": "breached"}])
        self.assertEqual(self.kinds(clock), ["started", "breached", "failed"])
        self.assertFalse(bad.remark)

    @mute_logger(CRON)
    def test_failed_step_is_tried_again_and_succeeds_once(self):
        """SLA-4: a failed step is tried later and later; when it succeeds the error goes."""
        action = self._new_action("raise UserError('No luck')")
        clock = self._start({"name": "Act", "action": "server_action", "server_action_id": action.id})
        self.run_cron("2026-03-03 09:00")
        self.run_cron("2026-03-03 09:02")
        self.assertRecordValues(clock, [{"attempts": 2, "next_event_at": self.utc("2026-03-03 09:06")}])
        self.assertEqual(self.kinds(clock).count("failed"), 1, "the same failure is written down once")
        action.code = "records.write({'remark': 'late'})"
        self.run_cron("2026-03-03 09:06")
        self.assertRecordValues(clock, [{"attempts": 0, "next_event_at": False, "error": False}])
        self.assertEqual(self.document.remark, "late")
        self.assertEqual(len(self._step_events()), 1)

    @mute_logger(CRON)
    def test_failed_step_does_not_stop_the_escalation(self):
        """SLA-4: a step that fails does not keep the later ones from firing."""
        action = self._new_action("raise UserError('No luck')")
        self._start({"name": "Act", "action": "server_action", "server_action_id": action.id},
                    {"name": "Up", "offset": 1, "recipient": "manager"})
        self.run_cron("2026-03-03 09:00")
        self.run_cron("2026-03-03 10:00")
        self.assertEqual(self.document.activity_ids.user_id, self.sun)
        self.assertEqual(self.clock.error, "No luck")

    @mute_logger(CRON)
    def test_retries_grow_to_a_day(self):
        """SLA-4: a clock that fails for good is looked at once a day, not all the time."""
        action = self._new_action("raise UserError('No luck')")
        clock = self._start({"name": "Act", "action": "server_action", "server_action_id": action.id})
        clock.sudo().attempts = 30
        self.run_cron("2026-03-03 09:00")
        self.assertEqual(clock.next_event_at, self.utc("2026-03-04 09:00"))

    @mute_logger(CRON)
    def test_first_retry_is_the_constant(self):
        """SLA-4: the first retry comes after the constant's minutes, each further one after twice as long."""
        action = self._new_action("raise UserError('No luck')")
        clock = self._start({"name": "Act", "action": "server_action", "server_action_id": action.id})
        with patch.object(type(clock), "_RETRY_MINUTES", 5):
            for now, later in (("09:00", "09:05"), ("09:05", "09:15"), ("09:15", "09:35")):
                self.run_cron(f"2026-03-03 {now}")
                self.assertEqual(clock.next_event_at, self.utc(f"2026-03-03 {later}"))

    @mute_logger(CRON)
    def test_record_that_cannot_be_evaluated(self):
        """SLA-4: a record whose own code fails is noted and tried again; the others are done."""
        self._start({"name": "Now"})
        with self.at("2026-03-02 09:00"):
            good = self._new_document(name="D2")
        evaluate = type(self.policy)._get_facts

        def fail(policy, record, *args):
            if record.name == "D1":
                raise ValueError("Broken")
            return evaluate(policy, record, *args)

        with patch.object(type(self.policy), "_get_facts", fail):
            self.run_cron("2026-03-03 09:00")
        self.assertRecordValues(self.clock, [{
            "error": "Broken", "state": "running", "next_event_at": self.utc("2026-03-03 09:02")}])
        self.assertEqual(self.clock_of(good).state, "breached")
        self.run_cron("2026-03-03 09:02")
        self.assertRecordValues(self.clock, [{"error": False, "state": "breached"}])

    def test_bulk_costs_the_same_for_ten_as_for_fifty(self):
        """SLA-4: a step is done for all clocks that are due at once: a constant number of queries."""
        self._start({"name": "Now", "recipient": "manager"})
        counts = []
        for number in (10, 50):
            with self.at("2026-03-02 09:00"):
                self.Document.create([
                    {"name": f"D{n}", "state": "submitted", "user_id": self.li.id} for n in range(number)])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.run_cron("2026-03-03 09:00")
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLess(counts[1] - counts[0], 10, counts)

    def test_batches(self):
        """SLA-4: no more clocks are claimed than asked for, the most urgent first."""
        self._start({"name": "Now"})
        with self.at("2026-03-02 10:00"):
            self._new_document(name="D2")
        with self.at("2026-03-05 09:00"):
            self.assertEqual(self.Clock._process_due(1), self.clock)
            self.assertEqual(self.Clock._process_due(1).res_name, "D2")
            self.assertFalse(self.Clock._process_due(1))

    def test_next_step_stays_on_the_agenda(self):
        """SLA-4: a claimed clock whose next step lies ahead gets back on the agenda."""
        clock = self._start({"name": "Now"}, {"name": "Later", "offset": 2, "recipient": "manager"})
        self.run_cron("2026-03-03 09:00")
        self.env.invalidate_all()
        self.assertEqual(clock.next_event_at, self.utc("2026-03-03 11:00"))

    def test_policy_with_steps_in_clock_time(self):
        """SLA-1: steps count in the policy's kind of time."""
        self.policy = self._new_policy(limit_value=2, limit_unit="days", time_kind="elapsed", step_ids=[
            Command.create({"name": "Soon", "offset": 30, "unit": "minutes", "timing": "before"})])
        with self.at("2026-03-06 16:00"):
            clock = self.clock_of(self._new_document())
        self.assertEqual(clock.next_event_at, self.utc("2026-03-08 15:30"))
