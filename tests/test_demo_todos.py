"""What the people of the demo company are asked."""
from lxml import etree

from database import shipped
from demo_company import read_form

#: Documents that ask people of one role only; a policy's step passes over whoever has not the role.
ROLES_ONLY = {"material.check", "material.return", "order.review", "order.review.condition", "order.review.line",
              "process.card", "production.instruction", "project.plan.option", "purchase.plan", "quality.defect.record",
              "quality.urgent.release"}
#: Documents that ask the person whom they name in a field, and are opened by him.
NAMED = {"order.exception": "participant_ids", "purchase.reduction": "planner_id"}


def asked_models(env):
    """Models of the suite on which people get to-dos."""
    ours = shipped()
    return sorted(
        name for name, model in env.registry.items()
        if model._original_module in ours and not model._abstract and "activity_ids" in model._fields)


def test_whoever_has_a_todo_can_open_its_record_and_end_it(demo):
    """SLA-1: each open to-do of the demo leads its person to a record that he can read, and ends by his hand."""
    with demo.env() as env:
        todos = env["mail.activity"].search([("res_model", "in", asked_models(env))])
        assert len(todos) > 20
        for todo in todos:
            user = todo.user_id
            mine = todo.with_user(user).with_context(
                lang=user.lang, tz=user.tz, allowed_company_ids=user.company_id.ids)
            with env.cr.savepoint(flush=True) as savepoint:
                assert read_form(env[todo.res_model].browse(todo.res_id).with_env(mine.env)), todo.display_name
                mine.action_feedback(feedback="好的")
                savepoint.rollback()


def test_a_plain_employee_who_is_asked_reads_and_answers(demo):
    """SLA-1: rights do not depend on the role: who is given a to-do can open the record, read its form and answer."""
    with demo.env() as env:
        company = env.ref("switchgear_demo.company")
        asked = env["res.users"].with_context(no_reset_password=True).create({
            "name": "被问的人", "login": "asked", "company_id": company.id, "company_ids": [(6, 0, company.ids)],
            "group_ids": [(6, 0, env.ref("base.group_user").ids)]})
        shown = []
        for name in asked_models(env):
            if name in ROLES_ONLY:
                continue
            record = env[name].search([], limit=1)
            assert record, f"the demo company has no {name}"
            with env.cr.savepoint(flush=True) as savepoint:
                if name in NAMED:
                    record[NAMED[name]] = asked
                todo = record.activity_schedule("mail.mail_activity_data_todo", user_id=asked.id, summary="请答复")
                env.flush_all()
                mine = record.with_user(asked).with_context(allowed_company_ids=company.ids)
                assert read_form(mine), name
                todo.with_env(mine.env).action_feedback(feedback="好的")
                savepoint.rollback()
            shown.append(name)
        assert len(shown) > 5
        env.cr.rollback()


def test_lists_open_what_the_todo_menu_counted(demo):
    """SLA-2: the menu of to-dos opens each list with filters that the list knows."""
    wanted = {"filter_activities_my", "activities_overdue", "activities_today", "activities_upcoming_all"}
    with demo.env() as env:
        for name in asked_models(env):
            arch = etree.fromstring(env[name].get_view(view_type="search")["arch"])
            assert wanted <= {node.get("name") for node in arch.iter("filter")}, name


def test_todos_say_what_is_to_be_done_and_end_with_their_step(demo):
    """SLA-1: each to-do says what it asks; nobody is asked twice for one thing, or for what is over."""
    with demo.env() as env:
        todos = env["mail.activity"].search([("res_model", "in", [*asked_models(env), "sale.order", "stock.picking"])])
        assert not todos.filtered(lambda todo: not todo.summary).mapped("display_name")
        places = [(todo.user_id, todo.res_model, todo.res_id, todo.activity_type_id) for todo in todos]
        assert len(places) == len(set(places))
        over = {"quality.inspection": lambda record: record.nonconformity_ids and not record.nonconformity_ids.filtered(
                    lambda report: report.state in ("draft", "open", "review")),
                "quality.nonconformity": lambda record: record.state in ("closed", "cancelled"),
                "order.review": lambda record: record.state in ("concluded", "cancelled") and record.stage in (
                    "cleared", "declined", "returned"),
                "order.review.line": lambda record: record.state != "pending",
                "sale.order": lambda record: record.state == "sale" and not record.review_needed,
                "quality.urgent.release": lambda record: record.state in ("refused", "recalled")}
        stale = [todo.display_name for todo in todos
                 if over.get(todo.res_model, lambda record: False)(env[todo.res_model].browse(todo.res_id))]
        assert not stale
