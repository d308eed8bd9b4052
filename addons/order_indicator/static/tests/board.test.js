import { animationFrame, expect, test, waitFor } from "@odoo/hoot";
import { contains, getService, mountWithCleanup, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { linePath } from "@order_indicator/board/board_card";
import { WebClient } from "@web/webclient/webclient";

defineMailModels();

const BOARD = {
    company: "Works",
    period: "month",
    periods: [
        { id: "month", name: "This Month" },
        { id: "week", name: "This Week" },
    ],
    current: "1 March to 18 March",
    former: "1 February to 18 February",
    sections: [{ id: "time", name: "Time Limits", cards: [{ id: 7, name: "Kept in Time", note: "Of those ended." }] }],
    subscribed: false,
};
const CARD = {
    id: 7,
    name: "Kept in Time",
    note: "Of those ended.",
    better: "higher",
    value: 64.3,
    text: "64.3 %",
    count: 14,
    missed: 5,
    former: 50,
    former_text: "50.0 %",
    verdict: "better",
    verdict_text: "better",
    change_text: "+14.3 points",
    target: 95,
    target_text: "95.0 %",
    met: false,
    met_text: "missed",
    is_now: false,
    line: [null, 50, 64.3],
    line_text: "Last 3 periods: –, 50.0 %, 64.3 %",
    dimensions: [{ id: "department_field", name: "Department" }],
};
const ROW = { ...CARD, group: 3, name: "Design", text: "80.0 %", count: 10 };

function serve(cards = [CARD]) {
    onRpc("has_group", () => true);
    onRpc("order.indicator", "get_board", ({ args }) => {
        expect.step(`board ${args[0]}`);
        return { ...BOARD, period: args[0] };
    });
    onRpc("order.indicator", "get_cards", () => cards);
}

async function openBoard() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({ type: "ir.actions.client", tag: "order_indicator.board" });
    await waitFor(".o_order_card_value");
}

test("RPT-2: the small line leaves out what is unknown and ends with a dot", () => {
    expect(linePath([null, null, 5]).path).toBe("");
    const { path, last } = linePath([1, null, 2, 3], 120, 32);
    expect(path).toBe("M3.0 29.0M79.0 16.0L117.0 3.0");
    expect(last).toEqual({ x: 117, y: 3 });
    expect(linePath([4, 4], 120, 32).path).toBe("M3.0 16.0L117.0 16.0");
});

test("RPT-2: a card says value, target, change in sign and word, not by colour alone", async () => {
    serve();
    await openBoard();
    expect(".o_order_card_value").toHaveText(/64.3 %/);
    expect(".o_order_card_facts").toHaveText(/Target 95.0 %\s*missed/);
    expect(".o_order_card_facts").toHaveText(/\+14.3 points better/);
    expect(".o_order_card_line").toHaveAttribute("aria-label", "Last 3 periods: –, 50.0 %, 64.3 %");
    expect(".o_order_card").toHaveClass("o_order_card_missed");
    expect.verifySteps(["board month"]);
});

test("RPT-2: a click opens the records, a second one those of a department", async () => {
    serve();
    onRpc("order.indicator", "get_breakdown", () => ({ title: "Department", rows: [ROW], left_out: 2 }));
    onRpc("order.indicator", "get_records_action", ({ args, kwargs }) => {
        const options = { ...kwargs };
        delete options.context;
        expect.step(JSON.stringify([...args, options]));
        return { type: "ir.actions.act_window_close" };
    });
    await openBoard();
    patchWithCleanup(getService("action"), { doAction: () => {} });
    await contains(".o_order_card_value").click();
    await contains(".o_order_card_missed_link").click();
    await contains(".o_order_card_by .btn").click();
    await waitFor(".o_order_card_breakdown .btn");
    expect(".o_order_card_breakdown").toHaveText(/Design\s+80.0 %\s+\+14.3 points better\s+and 2 more/);
    await contains(".o_order_card_breakdown .btn").click();
    expect.verifySteps([
        "board month",
        '[[7],"month",{}]',
        '[[7],"month",{"only_missed":true}]',
        '[[7],"month",{"dimension":"department_field","group":3}]',
    ]);
});

test("RPT-2: another period is another board", async () => {
    serve();
    await openBoard();
    await contains(".o_order_board_period").select("week");
    await animationFrame();
    await waitFor(".o_order_card_value");
    expect(".o_order_card_value").toHaveText(/64.3 %/);
    expect.verifySteps(["board month", "board week"]);
});
