"""Words for what is wrong in a project file, and for what of it a plan takes over otherwise or not at all."""
from ..kernel import mspdi


def fault_text(env, fault):
    """What a fault or remark says to the user: its line first, then what it is and what can be done."""
    text = _get_error(env, fault) or _get_remark(env, fault) or fault.code
    return env._("Line %(line)s: %(text)s", line=str(fault.line), text=text) if fault.line else text


def _get_error(env, fault):
    about, value = fault.about, fault.value
    return {
        "too_big": lambda: env._(
            "The file is larger than %(most)s MB. Save it without what does not belong to this plan.",
            most=str(mspdi.MAX_BYTES // 1_000_000)),
        "too_many": lambda: env._(
            "The file holds %(count)s tasks, more than %(most)s. Divide it.", count=value, most=str(mspdi.MAX_TASKS)),
        "no_xml": lambda: env._(
            "This is no XML that can be read (%(reason)s). In Microsoft Project choose Save As, XML Format.",
            reason=value),
        "doctype": lambda: env._(
            "The file begins with a DOCTYPE, which no project file has. Save it anew as XML."),
        "no_project": lambda: env._(
            "This is no project file: it begins with “%(name)s”, not with “Project”.", name=value),
        "bad_number": lambda: env._("%(element)s: “%(value)s” is no number.", element=about, value=value),
        "bad_date": lambda: env._(
            "%(element)s: “%(value)s” is no date. It is written like 2026-03-02T08:00:00.", element=about, value=value),
        "bad_time": lambda: env._(
            "%(element)s: “%(value)s” is no time. It is written like 08:00:00.", element=about, value=value),
        "bad_duration": lambda: env._(
            "%(element)s: “%(value)s” is no duration. It is written like PT8H0M0S.", element=about, value=value),
        "bad_percent": lambda: env._("%(value)s is no share from 0 to 100 percent.", value=value),
        "finished_before": lambda: env._("The task was finished before it was begun (%(value)s).", value=value),
        "bad_kind": lambda: env._(
            "“%(value)s” is no kind of link. 0 is finish to finish, 1 finish to start, 2 start to finish, 3 start to "
            "start.", value=value),
        "no_uid": lambda: env._("The task “%(name)s” has no UID.", name=about),
        "uid_twice": lambda: env._(
            "“%(name)s” has the UID %(uid)s, which another task has too.", name=about, uid=value),
        "no_predecessor": lambda: env._("A link of “%(name)s” names no predecessor.", name=about),
        "unknown_predecessor": lambda: env._(
            "“%(name)s” waits for the task with UID %(uid)s, which is not in the file.", name=about, uid=value),
        "circular": lambda: env._("These tasks wait for each other: %(tasks)s. Remove one of the links.", tasks=value),
    }.get(fault.code, lambda: None)()


def _get_remark(env, fault):
    about, value = fault.about, fault.value
    return {
        "subproject": lambda: env._(
            "%(name)s is a project of its own, whose tasks are not in this file: taken over as one item.", name=about),
        "external": lambda: env._("%(name)s belongs to another project.", name=about),
        "recurring": lambda: env._("%(name)s recurs: taken over as the tasks that the file holds.", name=about),
        "inactive": lambda: env._("%(name)s is inactive or another project's: left out.", name=about),
        "cross_project": lambda: env._(
            "%(name)s waits for a task of another project (%(other)s): this link is left out.", name=about,
            other=value or "?"),
        "link_left_out": lambda: env._(
            "%(name)s waits for the task with UID %(uid)s, which is left out: so is the link.", name=about, uid=value),
        "link_twice": lambda: env._(
            "%(name)s waits for %(other)s twice: the first of the two links counts.", name=about, other=value),
        "percent_lag": lambda: env._(
            "%(name)s: a lag of %(lag)s of the predecessor's duration becomes so many hours; it does not change with "
            "the duration.", name=about, lag=value),
        "elapsed_lag": lambda: env._(
            "%(name)s: a lag of %(lag)s around the clock becomes the working hours in it.", name=about, lag=value),
        "elapsed_duration": lambda: env._(
            "%(name)s goes on around the clock: it gets the working hours between its dates.", name=about),
        "no_duration": lambda: env._(
            "%(name)s has no duration: it gets the working hours between its dates, or a day.", name=about),
        "long_milestone": lambda: env._("%(name)s is a milestone with a duration: it becomes an item.", name=about),
        "constraint": lambda: env._(
            "%(name)s: “%(constraint)s” is left out, of a start only “not before” is kept.", name=about,
            constraint=_get_constraint(env, int(value))),
        "manual": lambda: env._("%(name)s is scheduled by hand: its start becomes “not before”.", name=about),
        "deadline": lambda: env._(
            "%(name)s: its deadline %(date)s is left out; the plan has one promised date.", name=about, date=value),
        "task_calendar": lambda: env._(
            "%(name)s has hours of its own (%(calendar)s): items count by those of the person, department or company.",
            name=about, calendar=value),
        "recurring_exception": lambda: env._(
            "Calendar %(name)s: days that recur (%(exception)s) are left out.", name=about, exception=value),
        "resource": lambda: env._(
            "%(name)s is neither a department nor an employee here: left out of its tasks.", name=about),
        "own_hours": lambda: env._(
            "Calendar %(name)s: %(date)s is worked in hours that no other day of the week has: left out.", name=about,
            date=value),
    }.get(fault.code, lambda: None)()


def _get_constraint(env, number):
    """Name of a constraint of the file."""
    return {
        1: env._("as late as possible"), 2: env._("must start on"), 3: env._("must finish on"),
        5: env._("start no later than"), 6: env._("finish no earlier than"), 7: env._("finish no later than"),
    }[number]
