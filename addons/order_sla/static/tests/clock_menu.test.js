import { advanceTime, animationFrame, beforeEach, Deferred, expect, mockDate, mockTimeZone, test } from "@odoo/hoot";
import { contains, getMockEnv, mockService, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { ClockMenu } from "@order_sla/clock_menu/clock_menu";

const HOUR = 3600;
const NOW = Date.UTC(2026, 2, 2, 2) / 1000;

function clock(values) {
    return {
        policy: "Department opinion",
        state: "running",
        user: "Li Na",
        working: false,
        paused: false,
        now: NOW,
        remaining: HOUR,
        deadline: "2026-03-02 03:00:00",
        spans: [],
        limit: 8 * HOUR,
        day: 24 * HOUR,
        res_model: "res.partner",
        ...values,
    };
}

let answer;

defineMailModels();

beforeEach(() => {
    mockTimeZone(8);
    mockDate("2026-03-02 10:00:00");
    answer = {
        count: 3,
        late: 1,
        clocks: [
            clock({ id: 1, state: "breached", remaining: -HOUR, deadline: "2026-03-02 01:00:00", res_name: "R1" }),
            clock({ id: 2, res_name: "R2" }),
        ],
    };
    onRpc("sla.clock", "get_my_clocks", () => {
        expect.step("read");
        return answer;
    });
});

test("SLA-2: the systray counts the user's clocks and the late ones", async () => {
    await mountWithCleanup(ClockMenu);
    await animationFrame();
    expect(".o_sla_clock_menu_count").toHaveText("1/3");
    expect(".o_sla_clock_menu_count").toHaveClass("o_sla_clock_menu_late");
    expect(".o_sla_clock_menu").toHaveAttribute("title", "My clocks: 3 open, 1 late");
    expect.verifySteps(["read"]);
});

test("SLA-2: it reads again when a deadline passes, and not before", async () => {
    await mountWithCleanup(ClockMenu);
    await animationFrame();
    expect.verifySteps(["read"]);
    await advanceTime(59 * 60 * 1000);
    expect.verifySteps([]);
    answer = { count: 0, late: 0, clocks: [] };
    await advanceTime(2 * 60 * 1000);
    await animationFrame();
    expect.verifySteps(["read"]);
    expect(".o_sla_clock_menu_count").toHaveCount(0);
});

test("SLA-2: a click opens the document of the clock", async () => {
    onRpc("sla.clock", "action_open_record", ({ args }) => {
        expect.step(`open ${args[0]}`);
        return { type: "ir.actions.act_window", res_model: "res.partner", res_id: 5 };
    });
    mockService("action", {
        doAction: (action) => expect.step(action.res_model || action),
    });
    await mountWithCleanup(ClockMenu);
    await contains(".o_sla_clock_menu").click();
    await contains(".o_sla_clock_menu_item:contains('R2')").click();
    await animationFrame();
    expect.verifySteps(["read", "read", "open 2", "res.partner"]);
    await contains(".o_sla_clock_menu").click();
    expect(".o_sla_clock_menu_all").toHaveText("All my clocks (1 more)");
    await contains(".o_sla_clock_menu_all").click();
    await animationFrame();
    expect.verifySteps(["read", "order_sla.sla_clock_action_my"]);
});

test("SLA-2: a failed reading keeps what was read before and says so", async () => {
    await mountWithCleanup(ClockMenu);
    await animationFrame();
    onRpc("sla.clock", "get_my_clocks", () => {
        throw new Error("down");
    });
    await contains(".o_sla_clock_menu").click();
    await animationFrame();
    expect(".o_sla_clock_menu_item").toHaveCount(2);
    expect(".o_sla_clock_menu_list .text-warning").toHaveCount(1);
    expect.verifySteps(["read"]);
});

test("SLA-2: a click opens the list though another reading overtakes its own", async () => {
    await mountWithCleanup(ClockMenu);
    await animationFrame();
    const slow = (answer = new Deferred());
    await contains(".o_sla_clock_menu").click();
    expect(".o_sla_clock_menu_list").toHaveCount(0);
    answer = { count: 1, late: 0, clocks: [clock({ id: 3, res_name: "R3" })] };
    await advanceTime(31 * 1000);
    getMockEnv().bus.trigger("ACTION_MANAGER:UI-UPDATED");
    await animationFrame();
    slow.resolve({ count: 0, late: 0, clocks: [] });
    await animationFrame();
    expect(".o_sla_clock_menu_item").toHaveCount(1);
    expect(".o_sla_clock_menu_item").toHaveText(/R3/);
    expect.verifySteps(["read", "read", "read"]);
});
