import {
    advanceTime,
    animationFrame,
    beforeEach,
    expect,
    hover,
    mockDate,
    mockTimeZone,
    runAllTimers,
    test,
} from "@odoo/hoot";
import { defineModels, fields, models, mountView, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { user } from "@web/core/user";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

const HOUR = 3600;
// 10:00 on Monday 2026-03-02 in Shanghai
const NOW = Date.UTC(2026, 2, 2, 2) / 1000;

function clock(values = {}) {
    return {
        id: 1,
        policy: "Department opinion",
        state: "running",
        user: "Li Na",
        user_id: 7,
        working: true,
        paused: false,
        now: NOW,
        // 40 seconds more than is shown: a slow machine takes its time to render
        remaining: 4 * HOUR + 40,
        started: "2026-03-02 00:00:00",
        deadline: "2026-03-02 07:00:00",
        spans: [
            [NOW - 2 * HOUR, NOW + 2 * HOUR],
            [NOW + 3 * HOUR, NOW + 7 * HOUR],
        ],
        limit: 9 * HOUR,
        day: 8 * HOUR,
        res_model: "job",
        res_id: 1,
        res_name: "J1",
        ...values,
    };
}

class Job extends models.Model {
    name = fields.Char();
    sla_clocks = fields.Json();

    _records = [
        { id: 1, name: "J1", sla_clocks: [clock(), clock({ id: 2, policy: "Conclusion" })] },
        {
            id: 2,
            name: "J2",
            sla_clocks: [clock({ id: 3, state: "breached", remaining: -10 * HOUR, deadline: "2026-02-27 03:00:00" })],
        },
        { id: 3, name: "J3", sla_clocks: [clock({ id: 4, state: "paused", paused: true })] },
        { id: 4, name: "J4", sla_clocks: false },
        { id: 5, name: "J5", sla_clocks: [clock({ id: 5, remaining: false, deadline: false })] },
    ];
}

defineMailModels();
defineModels([Job]);

beforeEach(() => {
    mockTimeZone(8);
    mockDate("2026-03-02 10:00:00");
});

const LIST = /* xml */ `<list><field name="name"/><field name="sla_clocks" widget="sla_clock"/></list>`;

test("SLA-2: a list shows remaining, overdue and paused clocks, and nothing without one", async () => {
    await mountView({ type: "list", resModel: "job", arch: LIST });
    expect(".o_data_row:eq(0) .o_sla_clock_label").toHaveText("4:00 left");
    expect(".o_data_row:eq(0) .o_sla_clock_more").toHaveText("+1");
    expect(".o_data_row:eq(0) .o_sla_clock").toHaveClass("o_sla_clock_calm");
    expect(".o_data_row:eq(1) .o_sla_clock_label").toHaveText("1 d 2:00 overdue");
    expect(".o_data_row:eq(1) .o_sla_clock").toHaveClass("o_sla_clock_late");
    expect(".o_data_row:eq(2) .o_sla_clock_label").toHaveText("Paused, 4:00 left");
    expect(".o_data_row:eq(2) .o_sla_clock").toHaveClass("o_sla_clock_paused");
    expect(".o_data_row:eq(3) .o_sla_clock").toHaveCount(0);
    expect(".o_data_row:eq(4) .o_sla_clock_label").toHaveText("No deadline yet");
});

test("SLA-2: a shown clock ticks by itself, stands in the break, and turns late", async () => {
    const minutes = clock({
        remaining: 200,
        limit: 600,
        deadline: "2026-03-02 02:06:20",
        spans: [
            [NOW - HOUR, NOW + 120],
            [NOW + 300, NOW + HOUR],
        ],
    });
    Job._records = [
        { id: 1, name: "J1", sla_clocks: [minutes] },
        { id: 2, name: "J2", sla_clocks: [clock({ id: 2, state: "paused", paused: true })] },
    ];
    await mountView({ type: "list", resModel: "job", arch: LIST });
    expect(".o_data_row:eq(0) .o_sla_clock_label").toHaveText("3 min left");
    expect(".o_data_row:eq(0) .o_sla_clock").toHaveClass("o_sla_clock_calm");
    await advanceTime(101 * 1000);
    await animationFrame();
    expect(".o_data_row:eq(0) .o_sla_clock_label").toHaveText("1 min left");
    expect(".o_data_row:eq(0) .o_sla_clock").toHaveClass("o_sla_clock_near");
    await advanceTime(120 * 1000);
    await animationFrame();
    expect(".o_data_row:eq(0) .o_sla_clock_label").toHaveText("1 min left");
    expect(".o_data_row:eq(0) .o_sla_clock i").toHaveClass("fa-moon-o");
    await advanceTime(240 * 1000);
    await animationFrame();
    expect(".o_data_row:eq(0) .o_sla_clock_label").toHaveText("1 min overdue");
    expect(".o_data_row:eq(0) .o_sla_clock").toHaveClass("o_sla_clock_late");
    expect(".o_data_row:eq(1) .o_sla_clock_label").toHaveText("Paused, 4:00 left");
});

test("SLA-2: a browser clock that is an hour wrong does not change what is shown", async () => {
    mockDate("2026-03-02 11:00:00");
    await mountView({ type: "list", resModel: "job", arch: LIST });
    expect(".o_data_row:eq(0) .o_sla_clock_label").toHaveText("4:00 left");
});

test("SLA-2: a form shows all clocks when asked", async () => {
    await mountView({
        type: "form",
        resModel: "job",
        resId: 1,
        arch: /* xml */ `<form><field name="sla_clocks" widget="sla_clock" options="{'all': True}"/></form>`,
    });
    expect(".o_sla_clock").toHaveCount(2);
    expect(".o_sla_clock_more").toHaveCount(0);
});

test("SLA-2: a kanban card shows the most urgent clock", async () => {
    await mountView({
        type: "kanban",
        resModel: "job",
        arch: /* xml */ `
            <kanban><templates><t t-name="card"><field name="sla_clocks" widget="sla_clock"/></t></templates></kanban>`,
    });
    expect(".o_sla_clock").toHaveCount(4);
    expect(".o_kanban_record:eq(0) .o_sla_clock").toHaveText("4:00 left+1");
});

test.tags("desktop");
test("SLA-2: the tooltip names policy, deadline in the user's time zone, and responsible", async () => {
    await mountView({ type: "list", resModel: "job", arch: LIST });
    await hover(".o_data_row:eq(1) .o_sla_clock");
    await runAllTimers();
    await animationFrame();
    expect(".o_sla_clock_tooltip").toHaveText(
        "Department opinion\n1 d 2:00 overdue\nDeadline: Feb 27, 11:00 AM\nResponsible: Li Na"
    );
});

test.tags("desktop");
test("SLA-2: a browser in another time zone does not move the deadline of the user's own", async () => {
    mockTimeZone(0);
    patchWithCleanup(user, {
        get tz() {
            return "Asia/Shanghai";
        },
    });
    await mountView({ type: "list", resModel: "job", arch: LIST });
    await hover(".o_data_row:eq(1) .o_sla_clock");
    await runAllTimers();
    await animationFrame();
    expect(".o_sla_clock_tooltip").toHaveText(/Deadline: Feb 27, 11:00 AM \(Asia\/Shanghai\)/);
});
