from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import CloseoutCommon


@tagged("-at_install", "post_install")
class TestExceptions(CloseoutCommon):
    def _failure(self, **values):
        return self._exception("failure", **values)

    def test_problem_gets_resources_and_is_closed_with_its_correction(self):
        """EXC-1: reported with a solution; the management is asked, gives owner, measures and date; then closed."""
        problem = self._exception()
        self.assertEqual(problem.sudo().activity_ids.user_id, self.general_manager)
        self.assertEqual(problem.sudo().sla_clock_ids.policy_id.mapped("code"), ["sla_policy_exception_decide"])
        boss = problem.with_user(self.general_manager)
        with self.assertRaises(AccessError):
            problem.with_user(self.sales).action_assign()
        with self.assertRaises(AccessError):
            problem.with_user(self.sales).owner_id = self.sales
        with self.assertRaisesRegex(UserError, "owner"):
            boss.action_assign()
        boss.write({"owner_id": self.desk.id, "measures": "Two fitters for a week",
                    "date_due": fields.Date.today() + timedelta(days=5)})
        boss.action_assign()
        self.assertEqual(problem.sudo().activity_ids.user_id, self.desk)
        self.assertEqual(problem.sudo().sla_clock_ids.policy_id.mapped("code"), ["sla_policy_exception_solve"])
        with self.assertRaises(AccessError):
            problem.with_user(self.sales).action_close("Repaired and tested")
        with self.assertRaisesRegex(UserError, "corrected"):
            problem.with_user(self.desk).action_close("")
        problem.with_user(self.desk).action_close("Repaired and tested")
        self.assertRecordValues(problem.sudo(), [{"state": "closed", "closed_by": self.desk.id, "activity_ids": []}])
        with self.assertRaises(UserError):
            problem.sudo().correction = "Other"

    def test_report_is_withdrawn_by_its_reporter_only(self):
        """EXC-1: what a colleague reported about one's order does not vanish."""
        problem = self._exception()
        chief = self._user("chief", "sales_team.group_sale_manager")
        with self.assertRaisesRegex(AccessError, "colleague"):
            problem.with_user(chief).unlink()
        problem.with_user(self.sales).unlink()
        self.assertFalse(problem.exists())

    def test_failure_is_decided_by_a_meeting(self):
        """EXC-2: a meeting with date and participants; persons responsible and decision; not about oneself."""
        failure = self._failure()
        boss = failure.with_user(self.general_manager)
        with self.assertRaisesRegex(UserError, "review meeting"):
            boss.action_assign()
        with self.assertRaisesRegex(UserError, "participants"):
            boss.action_meet()
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        boss.write({"meeting_on": "2031-03-03 23:30:00",  # the next morning there
                    "participant_ids": [Command.set(self.reviewers["quality"].ids)]})
        boss.action_meet()
        self.assertRecordValues(failure.sudo().activity_ids, [
            {"user_id": self.reviewers["quality"].id, "date_deadline": date(2031, 3, 4)}])
        with self.assertRaisesRegex(UserError, "persons responsible"):
            boss.action_decide()
        boss.write({"responsible_ids": [Command.set(self.general_manager.ids)], "decision": "Training, and a fine"})
        with self.assertRaisesRegex(AccessError, "himself"):
            boss.action_decide()
        boss.responsible_ids = self.reviewers["production"]
        boss.action_decide()
        with self.assertRaises(UserError):
            failure.sudo().decision = "Nothing"
        boss.action_close("Lorries are loaded by two")
        self.assertEqual(failure.sudo().state, "closed")

    def test_failure_is_seen_by_those_named_and_management(self):
        """EXC-2: nobody else finds, reads, counts, groups or exports it, whatever rights to orders he has."""
        failure = self._failure(participant_ids=[Command.set(self.reviewers["quality"].ids)])
        failure.sudo().message_post(body="Who did it?")
        open_one = self._exception()
        all_orders = self._user("all_orders", "sales_team.group_sale_manager,order_review.group_order_review_manager")
        for user in (self.sales, self.reviewers["quality"], self.general_manager):
            self.assertIn(failure.id, self.env["order.exception"].with_user(user).search([]).ids)
        self.assertIn(open_one.id, self.env["order.exception"].with_user(all_orders).search([]).ids)
        for user in (all_orders, self.desk, self.outsider, self.reviewers["production"]):
            mine = self.env["order.exception"].with_user(user)
            self.assertNotIn(failure.id, mine.search([]).ids)
            self.assertFalse(mine.name_search(failure.sudo().name))
            self.assertFalse(mine._read_group([("kind", "=", "failure")], ["order_id"], ["__count"]))
            self.assertFalse(mine.formatted_read_group([("restricted", "=", True)], ["kind"], ["__count"]))
            self.assertFalse(self.env["mail.message"].with_user(user).search([
                ("model", "=", "order.exception"), ("res_id", "=", failure.id)]))
            self.assertFalse(self.env["mail.activity"].with_user(user).search([
                ("res_model", "=", "order.exception"), ("res_id", "=", failure.id)]))
            user.group_ids += self.env.ref("base.group_allow_export")
            for read in (lambda record: record.read(["description"]), lambda record: record.export_data(["decision"]),
                         lambda record: record.message_post(body="Tell me")):
                with self.assertRaises(AccessError):
                    read(failure.with_user(user))
        counted = {user: self.order.with_user(user).exception_count for user in (self.general_manager, all_orders)}
        self.assertEqual(counted[all_orders], 1)

    def test_failure_leaves_by_no_side_door(self):
        """EXC-2: nobody else follows it, is sent its messages or has to-dos on it; its name says the number only."""
        failure = self._failure().sudo()
        partner = self.outsider.partner_id
        failure.message_subscribe(partner_ids=partner.ids)
        self.assertNotIn(partner, failure.message_partner_ids)
        message = failure.message_post(body="Who did it?", partner_ids=partner.ids, subtype_xmlid="mail.mt_comment")
        self.assertNotIn(partner, message.notified_partner_ids)
        with self.assertRaises(ValidationError):
            failure.activity_schedule("mail.mail_activity_data_todo", user_id=self.outsider.id)
        failure.activity_schedule("mail.mail_activity_data_todo", user_id=self.general_manager.id)
        self.assertEqual(failure.display_name, failure.name)
        self.assertEqual(set(failure.sla_clock_ids.mapped("res_name")), {failure.name})
        self.assertNotIn(self.order.name, "".join(failure.activity_ids.mapped(lambda todo: todo.summary or "")))
        told = self.env["mail.message"].sudo().search([("model", "=", "sale.order"), ("res_id", "=", self.order.id)])
        self.assertFalse(told.filtered(lambda row: failure.name in (row.body or "")))

    def test_problem_of_an_order_that_one_may_not_read(self):
        """EXC-1: reported by who may read the order."""
        other = self._user("other_seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self._exception(user=other)
