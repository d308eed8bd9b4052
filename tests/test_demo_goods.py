"""The demo company's goods: inspected, rejected, made, paid, delivered."""
from demo_company import order


def inspection(env, name, product):
    """The latest inspection of a purchase's product."""
    return env["switchgear.demo"].with_company(env.ref("switchgear_demo.company"))._get_inspection(name, product)


def nonconformity(env, name, product):
    return env["switchgear.demo"].with_company(env.ref("switchgear_demo.company"))._get_nonconformity(name, product)


def test_goods_are_at_every_stage_of_inspection(demo):
    """REC-2, REC-3, REC-8: the queue shows goods that wait, are late, paused, in progress and urgently released."""
    with demo.env() as env:
        late, paused = inspection(env, "earthing_late", "jn15"), inspection(env, "relay_paper", "relay")
        working, urgent = inspection(env, "acb_now", "acb"), inspection(env, "acb_urgent", "acb")
        assert (inspection(env, "arrester_new", "arrester").state, late.state, late.sla_state) == (
            "pending", "pending", "late")
        assert paused.missing_documents
        assert set(paused.sla_clock_ids.mapped("state")) & {"paused"}
        assert (working.state, working.inspector_id.login) == ("in_progress", "inspector")
        assert (urgent.quantity_urgent, urgent.urgent_release_ids.decided_by.login) == (2, "quality")
        assert late.demand_date


def test_five_hundred_terminals_ended_in_three_ways(demo):
    """REC-6, NCR-4, PUR-9: 450 accepted, 30 conceded, 20 returned; order and stock say the same."""
    with demo.env() as env:
        child = inspection(env, "terminal_500", "terminal")
        assert (child.quantity_accepted, child.quantity_conceded, child.quantity_returned, child.quantity_open) == (
            450, 30, 20, 0)
        assert nonconformity(env, "terminal_500", "terminal").state == "closed"
        line = env.ref("switchgear_demo.purchase_terminal_500").order_line[:1]
        assert (line.qty_received, line.qty_qualified) == (480, 480)


def test_rejected_goods_show_every_disposition(demo):
    """NCR-4 to NCR-7: dispositions of every kind, an overdue gate pass and one to scan, a repeated defect, an 8D."""
    with demo.env() as env:
        rows = env["quality.disposition"].search([("state", "!=", "draft")])
        assert {"accept", "concession", "sort", "repair", "return", "urgent"} <= set(rows.mapped("kind"))
        passes = env["stock.gate.pass"].search([])
        assert len(passes.filtered("is_overdue")) == 1
        assert "approved" in passes.mapped("state")
        waiting = passes.filtered(lambda gate: gate.state == "draft")
        assert {"quality", "warehouse"} <= set(waiting.activity_ids.user_id.mapped("login"))
        assert not any(gate.requested_by in gate.activity_ids.user_id for gate in waiting)
        assert nonconformity_in_store(env).quantity_held == 2
        again = nonconformity(env, "insulator_b", "insulator")
        assert (again.state, again.is_repeat) == ("review", True)
        assert {"agree", "pending"} == set(again.review_line_ids.mapped("opinion"))
        assert env["quality.corrective.action"].search([]).state == "action"


def nonconformity_in_store(env):
    return env["quality.nonconformity"].search([("product_id", "=", env.ref("switchgear_demo.product_gn30").id)])


def test_bills_wait_for_quality(demo):
    """PUR-10, PUR-9: a bill in order, two held with their reason, one released, a drafted credit note."""
    with demo.env() as env:
        finance = env.ref("switchgear_demo.user_finance")

        def bill(name):
            return env.ref(f"switchgear_demo.bill_{name}").with_user(finance)

        assert (bill("lowvoltage_01").quality_payment_state, bill("acb_urgent").quality_payment_state) == (
            "ok", "released")
        for name, product, document in (
                ("insulator_b", "insulator", nonconformity), ("relay_paper", "relay", inspection)):
            assert bill(name).quality_payment_state in ("waiting", "exception")
            assert bill(name).quality_payable_amount == 0
            assert document(env, name, product).name in bill(name).quality_payment_note
        credits = env["account.move"].search([("move_type", "=", "in_refund")])
        assert credits.mapped("state") == ["draft"]
        assert credits.quality_disposition_id.nonconformity_id == nonconformity(env, "copper_thin", "tmy_80")


def test_papers_and_missing_parts_are_there(demo):
    """REC-9, MAT-10, MAT-11: certificates of a breaker, a part written on the card, material given back."""
    with demo.env() as env:
        papers = env["quality.lot.document"].search([])
        assert set(papers.mapped("kind")) == {"certificate", "instructions"}
        part = env["process.card.missing"].search([])
        assert (part.product_id, part.state) == (env.ref("switchgear_demo.product_jn15"), "open")
        assert env["material.return"].search([]).state == "submitted"


def test_control_chart_has_thirty_subgroups(demo):
    """REC-4: busbar thickness, thirty subgroups of five; at the end the roll wears and a run rule says so."""
    with demo.env() as env:
        thickness = env.ref("switchgear_demo.plan_busbar").characteristic_ids[:1]
        supplier = env.ref("switchgear_demo.supplier_copper")
        copper = env.ref("switchgear_demo.product_tmy_80")
        chart = env["quality.control.chart"].get_chart(thickness.id, partner_id=supplier.id, product_id=copper.id)
        points = chart["means"]["points"]
        assert len(points) >= 30
        assert [number for number, point in enumerate(points) if point["rules"]] == [29]


def test_process_cards_and_final_inspections(demo):
    """FQC-1, FQC-2, FQC-5: a card that is signed, one that waits for quality; a defect corrected and closed."""
    with demo.env() as env:
        done, waiting = (env.ref(f"switchgear_demo.production_{name}") for name in ("ggd", "kyn"))
        assert (done.state, done.process_card_id.state) == ("done", "done")
        final = env["quality.inspection"].search([("production_id", "=", done.id), ("trigger", "=", "final")])
        assert (final.verdict, final.defect_record_ids.mapped("state")) == ("accept", ["closed"])
        assert "waiting" in waiting.process_card_id.line_ids.mapped("state")
        assert waiting.process_card_id.nonconformity_ids.leader_id.login == "production"
        passport = done.lot_producing_ids.get_passport()
        assert passport


def test_suppliers_differ(demo):
    """PUR-12: the score tells the suppliers apart, also those who are late."""
    with demo.env() as env:
        company = env.ref("switchgear_demo.company")
        rows = env["quality.supplier.score"].with_company(company)._read_group(
            [("company_id", "=", company.id)], ["partner_id"], ["score:avg", "on_time:avg"])
        scores = {partner: (score, on_time) for partner, score, on_time in rows}
        assert len({round(score or 0) for score, _on_time in scores.values()}) >= 4
        assert any((on_time or 0) >= 99 for _score, on_time in scores.values())
        good, bad = (env.ref(f"switchgear_demo.supplier_{name}") for name in ("copper", "insulation"))
        assert scores[good][0] > scores[bad][0]


def test_claims_are_at_every_stage(demo):
    """DLV-7: one claim is settled and tells the recovery rate, one is answered, of one the carrier's period runs; its
    freight bill waits."""
    with demo.env() as env:
        company = env.ref("switchgear_demo.company")
        claims = {name: env["delivery.claim"].search([("order_id", "=", env.ref(f"switchgear_demo.order_{name}").id)])
                  for name in ("harbor", "school", "villa")}
        assert {name: claim.state for name, claim in claims.items()} == {
            "harbor": "closed", "school": "answered", "villa": "draft"}
        assert 70 < claims["harbor"].recovery_rate < 90
        running = claims["villa"].with_company(company)
        assert running.notice_until and len(running.photo_ids) == 3
        assert running.sla_clock_ids.policy_id.code == "sla_policy_claim_file"
        bills = env["account.move"].search([("freight_notice_ids", "!=", False), ("company_id", "=", company.id)])
        assert sorted(bills.mapped("is_freight_held")) == [False, True]


def test_deliveries_are_of_every_kind(demo):
    """DLV-1, DLV-3, DLV-4, DLV-8, PAY-1: a notice that waits for money, one let go all the same, one late with its
    cause, one under way in two crates, one without a piece that comes later, one that is signed and closed."""
    with demo.env() as env:
        def notice(name):
            return env["delivery.notice"].search([("order_id", "=", order(env, name).id)])

        assert (notice("harbor").state, notice("harbor").signed_by) == ("closed", "丁海")
        assert (notice("villa").state, notice("villa").override_by.login) == ("signed", "saleshead")
        assert order(env, "villa").payment_plan_state == "overdue"
        waiting, late, under_way, part = (notice(name) for name in ("plaza", "tower", "cooling", "ward"))
        assert (waiting.state, waiting.has_problems) == ("draft", True)
        # Beside him, in the afternoon, the order desk: released a working day ahead.
        assert "saleshead" in waiting.activity_ids.user_id.mapped("login")
        assert set(order(env, "plaza").payment_line_ids.mapped("is_overdue")) == {True, False}
        assert (late.state, late.delay_cause_id) == ("released", env.ref("order_delivery.cause_vehicle"))
        assert "sales" in late.activity_ids.user_id.mapped("login")
        assert (under_way.state, under_way.crate_count, under_way.receipt_ids.ids) == ("shipped", 2, [])
        assert (part.state, part.has_report, sum(part.line_ids.mapped("quantity_missing"))) == ("signed", True, 1)
        assert "logistics" in part.activity_ids.user_id.mapped("login")


def test_ledger_tells_who_was_late(demo):
    """DLV-5, DLV-9: the ledger has deliveries on time and late, one with its cause; an order is overdue."""
    with demo.env() as env:
        rows = env["delivery.ledger"].search([])
        assert {"on_time", "late"} == set(rows.mapped("punctuality"))
        assert {"outstanding", "signed", "reported", False} == set(rows.mapped("receipt_state"))
        late = rows.filtered(lambda row: row.order_id == order(env, "ward"))
        assert late.delay_cause_id == env.ref("order_delivery.cause_material")
        states = {row.order_id: row.state for row in env["delivery.punctuality"].search([])}
        assert (states[order(env, "ward")], states[order(env, "harbor")]) == ("overdue", "on_time")


def test_each_flow_of_scanning_has_a_job(demo):
    """SCN-1, SCN-2: each flow that has a list has a job for its people, and the morning's sheet has their labels."""
    with demo.env() as env:
        waiting = {}
        for login in ("warehouse", "inspector", "guard"):
            user = env["res.users"].search([("login", "=", login)])
            own = env["scan.run"].with_user(user).with_context(allowed_company_ids=user.company_id.ids)
            for flow in own.get_flows():
                if flow["count"] is not None:
                    waiting[flow["flow"]] = max(waiting.get(flow["flow"], 0), flow["count"])
        assert set(waiting) == {
            "receive", "put_away", "pick", "kit_check", "count", "load", "ship", "gate_out", "gate_in", "hand_over",
            "inspect"}
        assert all(waiting.values()), waiting
        keeper = env.ref("switchgear_demo.user_warehouse")
        sheet = env["scan.label"].with_user(keeper).with_context(allowed_company_ids=keeper.company_id.ids)._get_sheet()
        labels = [label for flow in sheet for job in flow["jobs"] for label in job["labels"]]
        assert len(sheet) >= 8
        assert labels and all(label.picture for label in labels)
