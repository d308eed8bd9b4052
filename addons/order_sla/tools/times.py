"""Which time a clock counts by: the bridge from calendars to the kernel."""
from pytz import timezone

from ..kernel import limits
from ..kernel.worktime import ElapsedTable, NoWorkingTime
from .moments import to_datetime, to_moment


class Times:
    """Working time by calendar and company, looked up once per use of the engine.

    Where there is no calendar, or one without working time, clock time is counted: a limit that never ends would be
    a clock lost.
    """

    def __init__(self, env):
        self.env = env
        self._memo, self._rules, self._bases = {}, {}, {}
        self.facts_keys = {}  # rule id -> {record id: see sla.policy._get_facts_keys}, of records that are gone through

    def once(self, key, question):
        """Answer of ``question()``, asked once in one use of the engine."""
        if key not in self._memo:
            self._memo[key] = question()
        return self._memo[key]

    def get_time_and_zone(self, policy, calendar, company):
        """Time and time zone that a policy counts by.

        :param policy: sla.policy, or its rule
        :return: (WorkTime | ElapsedTable, tzinfo)
        """
        def look_up():
            own = calendar and calendar._sla_zone_and_day()[0]
            tz = timezone(own or company.resource_calendar_id.tz or company.partner_id.tz or "UTC")
            working = policy.time_kind == "working" and calendar
            return calendar._sla_work_time(company) if working else ElapsedTable(), tz

        return self.once(("time", policy.time_kind, calendar.id, company.id), look_up)

    def get_rule(self, policy):
        """What of a policy every clock is counted by: see ``sla.policy._get_rule``."""
        rule = self._rules.get(policy._ids)
        if rule is None:
            rule = self._rules[policy._ids] = policy._get_rule()
        return rule

    def get_counted_by(self, calendar_id, company_id):
        """Calendar and company as records."""
        return self.once(("counted by", calendar_id, company_id), lambda: (
            self.env["resource.calendar"].browse(calendar_id or ()), self.env["res.company"].browse(company_id)))

    def get_basis(self, rule, calendar_id, company_id):
        """What a clock of a rule is counted by, looked up once however many clocks there are.

        :return: (WorkTime | ElapsedTable, tzinfo, whether the calendar is missing)
        """
        key = rule.time_kind, calendar_id, company_id
        basis = self._bases.get(key)
        if basis is None:
            calendar, company = self.get_counted_by(calendar_id, company_id)
            basis = self._bases[key] = (
                *self.get_time_and_zone(rule, calendar, company), rule.time_kind == "working" and not calendar)
        return basis

    def count(self, rule, calendar_id, company_id, question, *arguments):
        """Answer of ``question(*arguments, time, tz)``, by clock time where the calendar knows no working time.

        :return: (answer, reason): reason is None, ``no_calendar`` or ``empty_calendar``
        """
        time, tz, missing = self.get_basis(rule, calendar_id, company_id)
        try:
            answer, reason = question(*arguments, time, tz), None
        except NoWorkingTime:
            answer, reason = question(*arguments, ElapsedTable(), tz), "empty_calendar"
        return answer, "no_calendar" if missing else reason

    def count_as_set(self, clock, question):
        """Answer of ``question(time, tz)`` about a clock that has its deadline, by the time that this was set by."""
        time, tz = self.get_time_and_zone(clock.policy_id, clock.calendar_id, clock.company_id)
        try:
            return question(ElapsedTable() if clock.calendar_missing else time, tz)
        except NoWorkingTime:
            return question(ElapsedTable(), tz)

    def get_day_seconds(self, policy, calendar, company):
        """Length of one day in the policy's kind of time, for display."""
        return self.get_time_and_zone(policy, calendar, company)[0].day_seconds


def anchor_moment(value, time, tz):
    """Moment that a limit counts from, for a date or a time on the record."""
    if not value:
        return None
    if hasattr(value, "hour"):
        return to_moment(value)
    return time.close_of_work(value.toordinal(), tz)


def deadline_at(policy, anchor_at, limit_value, pauses, time, tz):
    """Deadline of a clock as a naive UTC datetime; False while the anchor is unknown."""
    if not anchor_at or limit_value is None:
        return False
    return to_datetime(limits.deadline(
        time, tz, to_moment(anchor_at), limit_value, policy.limit_unit,
        before=policy.anchor == "before", pauses=pauses or ()))


def pending_steps(steps, clock, fired, time, tz):
    """What a running clock still waits for, earliest first.

    A step that has fired is due again only if the deadline has moved and the step then lies in the future. Nobody is
    reminded of a deadline that is known to have passed, also if the reminder was thought of afterwards. A paused clock
    waits for nothing but what was due before the pause.

    :param steps: see ``sla.policy._get_rule``
    :param clock: sla.clock, or anything with its attributes
    :param fired: ``{step id: number of the last deadline it fired for}``
    :return: list of pairs (moment, step id); step id 0 is the deadline itself
    """
    due, started = to_moment(clock.deadline_at), to_moment(clock.started_at)
    if due is None:
        return []
    moved_at, late = to_moment(clock.deadline_moved_at) or 0, clock.is_late
    moments = limits.due_steps({
        step_id: (limits.step_moment(time, tz, due, offset, unit, timing), timing)
        for step_id, offset, unit, timing in steps if timing != "before" or not late
    }, max(started, moved_at), due)
    pending = [
        (moment, step_id) for step_id, moment in moments.items()
        if step_id not in fired or (fired[step_id] < clock.deadline_no and moment > moved_at)
    ]
    if not late:
        pending.append((due, 0))
    paused_at = to_moment(clock.paused_at)
    return sorted(item for item in pending if paused_at is None or item[0] < paused_at)
