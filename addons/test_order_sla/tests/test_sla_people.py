from odoo.fields import Command
from odoo.tests import tagged

from .common import SlaCommon


@tagged("-at_install", "post_install")
class TestSlaPeople(SlaCommon):
    """People leave and come back: a clock always has who can be reached and should answer."""

    def setUp(self):
        super().setUp()
        self.policy = self._new_policy(department_field="department_id")
        self.document = self._new_document()
        self.clock = self.clock_of(self.document)

    def test_user_comes_back(self):
        """SLA-4: who is unarchived gets the own clocks back."""
        self.li.active = False
        self.assertEqual(self.clock.user_id, self.sun)
        self.li.active = True
        self.assertEqual(self.clock.user_id, self.li)
        self.assertEqual(self.kinds(self.clock), ["started", "reassigned", "reassigned"])

    def test_user_starts_and_comes_back(self):
        """SLA-4: also a clock that started while its user was archived."""
        self.li.active = False
        clock = self.clock_of(self._new_document(name="D2"))
        self.assertEqual(clock.user_id, self.sun)
        self.li.active = True
        self.assertEqual(clock.user_id, self.li)

    def test_many_clocks_come_back_by_the_cron(self):
        """SLA-4: where a company has very many clocks the cron gives them back, those that stand too."""
        self.li.active = False
        waiting = self._new_document(name="D2")
        waiting.state = "waiting"
        self.assertEqual(self.clock_of(waiting).user_id, self.sun)
        with self.at("2026-03-02 10:00"):
            self.patch(type(self.Clock), "_WAKE_AT_ONCE", 0)
            self.li.active = True
        self.run_cron("2026-03-02 10:01")
        self.assertEqual((self.clock | self.clock_of(waiting)).mapped("user_id"), self.li)
        self.assertRecordValues(self.clock_of(waiting), [{"state": "paused", "next_event_at": False}])

    def test_writing_active_without_a_change_looks_at_nothing(self):
        """SLA-4: nobody has come or gone, so no clock is looked at."""
        self.env.flush_all()
        self.patch(type(self.Clock), "_wake", lambda clocks: self.fail("clocks were looked at"))
        self.li.active = True

    def test_what_was_asked_of_who_leaves(self):
        """SLA-4: Odoo deletes the activities of an archived user; those of clocks go to who answers now."""
        self.policy.write({"step_ids": [
            Command.create({"name": "Now"}), Command.create({"name": "Up", "recipient": "manager"})]})
        with self.at("2026-03-02 09:00"):
            self.document = self._new_document(name="D2")
        own = self.document.activity_schedule("mail.mail_activity_data_call", user_id=self.li.id)
        self.run_cron("2026-03-03 09:00")
        asked = self.document.activity_ids - own
        self.assertEqual(asked.mapped("user_id"), self.li | self.sun)
        (self.li | self.sun).action_archive()
        self.assertFalse(own.exists(), "what others asked is Odoo's affair")
        self.assertEqual(self.clock_of(self.document).user_id, self.qian)
        self.assertEqual(asked.mapped("user_id"), self.qian)
        self.document.state = "done"
        self.assertFalse(asked.exists())

    def test_manager_leaves_and_comes_back(self):
        """SLA-4: a department's manager, archived as a user or as an employee, is replaced and comes back."""
        self.policy.active = False
        policy = self._new_policy("Department", responsible_kind="department", department_id=self.design.id)
        clock = self.clock_of(self._new_document(name="D2"), policy)
        for person in (self.sun, self.sun.employee_ids):
            with self.subTest(person=person):
                self.assertEqual(clock.user_id, self.sun)
                person.active = False
                self.assertEqual(clock.user_id, self.qian)
                person.active = True
                self.assertEqual(clock.user_id, self.sun)

    def test_manager_gets_another_user(self):
        """SLA-4: the clock follows the user of the department's manager."""
        self.policy.active = False
        policy = self._new_policy("Department", responsible_kind="department", department_id=self.design.id)
        clock = self.clock_of(self._new_document(name="D2"), policy)
        other = self._new_user("zhou")
        self.sun.employee_ids.user_id = other
        self.assertEqual(clock.user_id, other)

    def test_employee_and_user_leave(self):
        """SLA-4: who has left the company altogether is still replaced by the last department's manager."""
        employee = self.li.employee_ids
        employee.active = False
        self.assertEqual(self.clock.user_id, self.li, "the user can still be reached")
        self.li.active = False
        self.assertRecordValues(self.clock, [{"user_id": self.sun.id, "department_id": self.design.id}])
        (self.li | employee.user_id).active = True
        self.assertEqual(self.clock.user_id, self.li)

    def test_employee_on_the_record_leaves(self):
        """SLA-4: a responsible who stands on the record as an employee is archived and comes back."""
        self.policy.active = False
        policy = self._new_policy("Employee", responsible_field="employee_id")
        employee = self.li.employee_ids
        clock = self.clock_of(self._new_document(name="D2", employee_id=employee.id), policy)
        self.assertEqual(clock.user_id, self.li)
        employee.active = False
        self.assertEqual(clock.user_id, self.sun)
        employee.active = True
        self.assertEqual(clock.user_id, self.li)

    def test_employee_changes_department(self):
        """SLA-4: the clock's department, and so its escalation, follows the employee."""
        self.li.employee_ids.department_id = self.management
        self.assertEqual(self.clock.department_id, self.management)

    def test_department_is_archived_and_comes_back(self):
        """SLA-4: clocks of an archived department keep their manager, its calendar and their history."""
        self.li.employee_ids.department_id.active = False
        self.assertRecordValues(self.clock, [{"user_id": self.li.id, "state": "running"}])
        self.design.active = True
        self.assertRecordValues(self.clock, [{"department_id": self.design.id, "state": "running"}])

    def test_general_manager_answers_where_no_department_does(self):
        """SLA-4: who belongs to no department is replaced by the company's general manager, who may change."""
        user = self._new_user("wu")
        clock = self.clock_of(self._new_document(name="D2", user_id=user.id))
        self.company.sla_general_manager_id = self.zhao
        user.active = False
        self.assertEqual(clock.user_id, self.zhao)
        self.company.sla_general_manager_id = self.qian
        self.env.cr.flush()
        self.assertEqual(clock.user_id, self.qian)
        self.qian.active = False
        self.assertFalse(clock.user_id)
        self.qian.active = True
        self.assertEqual(clock.user_id, self.qian)

    def test_deleted_department_and_employee(self):
        """SLA-4: a clock does not stay with a department, or its calendar, that is no longer there."""
        self.design.resource_calendar_id = self._new_calendar("Late", hours=((14, 22),))
        late = self.design.resource_calendar_id
        self.assertEqual(self.clock.calendar_id, late)
        self.design.unlink()
        self.assertRecordValues(self.clock, [{"department_id": False, "calendar_id": self.calendar.id}])
        self.li.employee_ids.department_id = self.technology
        self.assertEqual(self.clock.department_id, self.technology)
        self.li.employee_ids.unlink()
        self.assertFalse(self.clock.department_id)
