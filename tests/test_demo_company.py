"""The demo company, made as ``make db`` and ``make run`` make it: its orders and its people."""
from datetime import datetime, timezone

import pytest

import server
from cloning import cloned_database
from demo_company import order, people

STAGES = {
    # name of the order in the story: state, stage of its review, state of its production instruction
    "inquiry": ("draft", "none", None),
    "missing": ("draft", "none", None),
    "confirmed": ("draft", "none", None),
    "datacenter": ("draft", "in_review", None),
    "rail": ("draft", "in_review", None),
    "estate": ("draft", "in_review", None),
    "chemical": ("draft", "in_review", None),
    "power": ("draft", "customer", None),
    "depot": ("draft", "approval", None),
    "returned": ("draft", "returned", None),
    "declined": ("draft", "declined", None),
    "cleared": ("draft", "cleared", None),
    "outdated": ("draft", "outdated", None),
    "rescue": ("sale", "overridden", "acknowledged"),
    "signed": ("sale", "cleared", None),
    "issued": ("sale", "cleared", "issued"),
    "garden": ("sale", "cleared", "acknowledged"),
    "pumps": ("sale", "cleared", "done"),
    "harbor": ("sale", "cleared", "done"),
    "school": ("sale", "cleared", "done"),
    "villa": ("sale", "cleared", "done"),
}

def test_orders_are_at_every_stage(demo):
    """REV-5, REV-7, REV-12: the demo shows every stage of the review, and each order is where its story ends."""
    with demo.env() as env:
        found = {name: (order(env, name).state, order(env, name).review_stage,
                        order(env, name).instruction_ids.state or None) for name in STAGES}
        shown = set(env["order.review"].search([("is_current", "=", True)]).mapped("stage"))
    assert found == STAGES
    assert {"in_review", "to_conclude", "approval", "customer", "cleared", "returned", "declined"} <= shown


def test_one_department_is_late_and_was_escalated(demo):
    """SLA-1, REV-12: one department is late on the board; its manager and the general manager were told."""
    with demo.env() as env:
        lines = order(env, "rail").review_id.line_ids
        late = lines.filtered(lambda line: line.sla_state == "late")
        told = env["mail.activity"].search([
            ("res_model", "=", "order.review.line"), ("res_id", "in", late.ids)]).user_id.mapped("login")
        assert late.department_id == env.ref("switchgear_demo.department_purchasing")
        assert {"buyer", "logistics", "gm"} <= set(told)


def test_clocks_were_kept_and_missed(demo):
    """SLA-3: the compliance report has something to show: limits kept and missed, over several weeks."""
    with demo.env() as env:
        closed = env["sla.clock"].search([("is_open", "=", False), ("state", "in", ("met", "breached"))])
        assert {"met", "breached"} == set(closed.mapped("state"))
        assert len({clock.stopped_at.isocalendar()[:2] for clock in closed}) >= 4
        assert not env["sla.clock"].search([("error", "!=", False)])


def test_nothing_has_happened_in_the_future(demo):
    """Demo: what was signed, sent or written lies in the past, in working time, and after what it answers."""
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    with demo.env() as env:
        company = env.ref("switchgear_demo.company")
        worked = company.resource_calendar_id._sla_work_time(company).worked
        rounds = env["order.review"].search([("company_id", "=", company.id)])
        for line in rounds.line_ids.filtered("signed_on"):
            assert line.review_id.submitted_on < line.signed_on < now
            signed = int(line.signed_on.replace(tzinfo=timezone.utc).timestamp())
            assert worked(signed - 1, signed + 1), f"{line.display_name} signed at {line.signed_on}"
        for review in rounds.filtered("concluded_on"):
            assert max(review.line_ids.filtered("signed_on").mapped("signed_on")) < review.concluded_on < now
        assert not env["mail.message"].search([("date", ">", datetime.now()), ("model", "=", "order.review")])


def test_everybody_signed_for_oneself(demo):
    """REV-3: every opinion bears the name of the department's reviewer, whose story step it was."""
    with demo.env() as env:
        lines = env["order.review.line"].with_company(env.ref("switchgear_demo.company"))
        for line in lines.search([("signed_by", "!=", False)]):
            assert line.signed_by == line.user_id
            assert line.signed_by.employee_ids.department_id == line.department_id


def test_gate_holds_in_the_demo(demo):
    """INT-2, REV-11: in the demo too, the intake says what is missing, and no order passes without its review."""
    from odoo.exceptions import UserError

    with demo.env() as env:
        desk = env.ref("switchgear_demo.user_desk")
        missing = order(env, "missing").with_user(desk)
        with pytest.raises(UserError) as refused:
            missing.action_request_review()
        assert missing.intake_missing
        assert all(item in str(refused.value) for item in missing.intake_missing.splitlines())
        for name in ("inquiry", "rail", "power", "depot", "returned", "declined", "outdated"):
            with pytest.raises(UserError):
                order(env, name).with_user(desk).action_confirm()


def test_somebody_approves_changes_in_the_demo(demo):
    """CHG-8: a change that anybody draws up or assesses is not refused for want of somebody who approves."""
    with demo.env() as env:
        approvers = env.ref("order_change.group_order_change_approver").all_user_ids & people(env)
        assert len(approvers) > 1


def test_an_invoice_is_overdue(demo):
    """REV-9: the accountant finds a customer's invoice that is overdue as a whole."""
    with demo.env() as env:
        finance = env.ref("switchgear_demo.user_finance")
        overdue = env["account.move"].with_user(finance).search([
            ("move_type", "=", "out_invoice"), ("payment_state", "=", "not_paid"),
            ("invoice_date_due", "<", datetime.now().date())])
        assert env.ref("switchgear_demo.customer_dealer") in overdue.partner_id


def test_who_needs_excel_may_export(demo):
    """Demo: desk, planners, heads, buyer and accountant export lists; the shop floor and sales do not."""
    with demo.env() as env:
        may = set(env.ref("base.group_allow_export").all_user_ids.mapped("login"))
        assert {"desk", "planner", "production", "quality", "buyer", "logistics", "warehouse", "finance", "chief",
                "saleshead", "deputy", "gm"} <= may
        assert not may & {"sales", "sales2", "inspector", "guard", "fitter", "customer"}


def test_people_work_in_chinese_with_least_rights(demo):
    """Demo: colleagues in Chinese in their company only, none of them administrator; the administrator in English."""
    with demo.env() as env:
        company = env.ref("switchgear_demo.company")
        colleagues, admin = people(env).with_company(company), env.ref("base.user_admin")
        assert len(colleagues) >= 10
        assert set(colleagues.mapped("lang")) == {"zh_CN"}
        assert set(colleagues.mapped("tz")) == {"Asia/Shanghai"}
        assert colleagues.company_ids == company
        assert not any(user.has_group("base.group_system") for user in colleagues)
        assert all(user.employee_ids.department_id for user in colleagues)
        assert (admin.lang, admin.company_id) == ("en_US", company)
        assert len(admin.company_ids) > 1
        for user in colleagues | env.ref("switchgear_demo.user_customer"):
            credential = {"login": user.login, "password": "demo", "type": "password"}
            assert env["res.users"].authenticate(credential, {"interactive": False})["uid"] == user.id


def test_calendar_knows_holidays_and_days_worked_in_exchange(demo):
    """SLA-1: the National Day holiday of 2026 is free, the Saturday after it is worked (调休)."""
    def hours(env, date):
        company = env.ref("switchgear_demo.company")
        midnight = int(datetime.fromisoformat(f"{date}T00:00:00+08:00").timestamp())
        return company.resource_calendar_id._sla_work_time(company).worked(midnight, midnight + 86400) / 3600

    with demo.env() as env:
        assert [hours(env, date) for date in ("2026-09-30", "2026-10-01", "2026-10-07", "2026-10-08")] == [8, 0, 0, 8]
        assert [hours(env, date) for date in ("2026-09-19", "2026-09-20", "2026-10-10", "2026-10-11")] == [0, 8, 8, 0]


def test_portal_customer_sees_his_conditions_only(demo):
    """REV-5: the portal user of one customer sees that customer's orders, and nothing of the others'."""
    with demo.env() as env:
        customer = env.ref("switchgear_demo.user_customer")
        seen = env["sale.order"].with_user(customer).search([])
        assert order(env, "power").with_user(customer) in seen
        assert seen.sudo().partner_id.commercial_partner_id == env.ref("switchgear_demo.customer_power")


def test_nothing_is_mailed_from_the_demo(demo):
    """Demo: no mail waits to be sent to people who do not exist."""
    with demo.env() as env:
        assert not env["mail.mail"].search([("state", "=", "outgoing")])


def test_second_start_tells_no_story_twice(demo_database):
    """Demo: an update of the addon adds no order, round or clock, even after a demo record was deleted."""
    models = ("sale.order", "order.review", "order.document", "sla.clock", "mail.message", "res.users",
              "purchase.order", "stock.picking", "mrp.production", "quality.inspection", "quality.nonconformity",
              "quality.inspection.plan", "process.card")

    def counts():
        with clone.env() as env:
            return {model: env[model].with_context(active_test=False).search_count([]) for model in models}

    with cloned_database(demo_database) as clone:
        with clone.env() as env:
            order(env, "inquiry").unlink()
        before = counts()
        server.once("update of the demo company", "-d", clone.name, "-u", "switchgear_demo")
        assert counts() == before
