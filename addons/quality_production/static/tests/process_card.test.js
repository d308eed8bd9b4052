import { animationFrame, beforeEach, expect, press, queryOne, test } from "@odoo/hoot";
import { contains, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { MainComponentsContainer } from "@web/core/main_components_container";

import { ProcessCardPage } from "@quality_production/process_card/process_card";

import { cardData, operation } from "./process_card_data";

defineMailModels();

let card;

beforeEach(() => {
    card = cardData();
    onRpc("process.card", "get_page_data", () => card);
});

/** Every call of an action is a step: its name, what it is called on and with. */
function stepActions(model, ...methods) {
    for (const method of methods) {
        onRpc(model, method, ({ args, kwargs }) => {
            const named = Object.fromEntries(Object.entries(kwargs).filter(([name]) => name !== "context"));
            expect.step([method, ...args, named]);
            return true;
        });
    }
}

async function openCard(resId = 5) {
    await mountWithCleanup(MainComponentsContainer);
    await mountWithCleanup(ProcessCardPage, {
        props: { action: { params: {}, context: {} }, actionId: 1, resId },
        componentEnv: { config: {} }, // of the action that shows the page
        noMainContainer: true,
    });
}

test("FQC-1: the card opens at the first operation that is to be done", async () => {
    card = cardData({ lines: [operation(1, { state: "done", points: [] }), operation(2, { name: "Wiring" })] });
    await openCard();
    expect(".o_process_head h2").toHaveText("PC2026-00005");
    expect(".o_process_operation").toHaveCount(2);
    expect("[data-line='1'] .card-body").toHaveCount(0);
    expect("[data-line='2'] .card-body").toHaveCount(1);
});

test("FQC-1: a self-check is signed with every answer, as numbers, and a missing one is asked for", async () => {
    stepActions("process.card.line", "action_self_check");
    await openCard();
    await contains(".o_process_sign").click();
    expect(".o_process_point_missing").toHaveCount(2);
    expect.verifySteps([]);
    await contains(".o_process_value input").edit("40.5", { instantly: true });
    await contains(".o_process_point:eq(1) button:contains(OK):first").click();
    await contains(".o_process_minutes").edit("12.5", { instantly: true });
    expect(".o_process_point_missing").toHaveCount(0);
    await contains(".o_process_sign").click();
    expect.verifySteps([
        [
            "action_self_check",
            [1],
            { answers: { 11: { value: 40.5 }, 12: { result: "ok" } }, note: null, minutes: 12.5, result: "ok" },
        ],
    ]);
});

test("FQC-1: a gauge that types value and Enter fills one point after the other", async () => {
    stepActions("process.card.line", "action_self_check");
    const [torque] = operation(1).points;
    card = cardData({ lines: [operation(1, { points: [torque, { ...torque, id: 13 }] })] });
    await openCard();
    await contains(".o_process_value input:first").click();
    for (const key of ["4", "1", "Enter", "3", "9", "Enter", "7"]) {
        await press(key);
    }
    await contains(".o_process_sign").click();
    expect.verifySteps([
        [
            "action_self_check",
            [1],
            { answers: { 11: { value: 41 }, 13: { value: 39 } }, note: null, minutes: null, result: "ok" },
        ],
    ]);
});

test("FQC-1: what is not right is signed only with what is wrong", async () => {
    stepActions("process.card.line", "action_self_check");
    await openCard();
    await contains(".o_process_value input").edit("50");
    await contains(".o_process_point:eq(1) button:contains(Not OK)").click();
    await contains(".o_process_sign").click();
    expect.verifySteps([]);
    await contains(".o_process_note").edit("Label missing");
    await contains(".o_process_bad").click();
    expect.verifySteps([
        [
            "action_self_check",
            [1],
            {
                answers: { 11: { value: 50 }, 12: { result: "ng" } },
                note: "Label missing",
                minutes: null,
                result: "ng",
            },
        ],
    ]);
});

test("FQC-1: what was typed goes when the operation has another state", async () => {
    onRpc("process.card.line", "action_self_check", () => {
        card = cardData({ lines: [operation(1, { state: "failed" })] });
        return true;
    });
    await openCard();
    await contains(".o_process_value input").edit("50");
    await contains(".o_process_point:eq(1) button:contains(Not OK)").click();
    await contains(".o_process_note").edit("Label missing");
    await contains(".o_process_bad").click();
    await animationFrame();
    expect(".o_process_operation_failed").toHaveCount(1);
    expect(queryOne(".o_process_value input").value).toBe("");
    expect(".o_process_note").toHaveValue("");
});

test("FQC-2: nobody confirms the own work, and quality confirms with how it was controlled", async () => {
    stepActions("process.card.line", "action_quality_confirm");
    card = cardData({ lines: [operation(2, { name: "Wiring", state: "waiting", points: [], self_checked_by_id: 2 })] });
    await openCard();
    await contains("[data-line='2'] .o_process_operation_head").click();
    expect(".o_process_confirm").toHaveCount(0);
    expect(".o_process_reject").toHaveCount(1);
});

test("FQC-2: quality says how an operation was controlled before it is confirmed", async () => {
    stepActions("process.card.line", "action_quality_confirm");
    await openCard();
    await contains("[data-line='2'] .o_process_operation_head").click();
    await contains(".o_process_confirm").click();
    await contains(".modal button[name='confirm']").click();
    expect(".modal textarea").toHaveClass("is-invalid");
    expect.verifySteps([]);
    await contains(".modal textarea").edit("Watched");
    await contains(".modal button[name='confirm']").click();
    await animationFrame();
    expect.verifySteps([["action_quality_confirm", [2], "Watched", {}]]);
    expect(".modal").toHaveCount(0);
});

test("MAT-10: a missing part is reported by number and quantity", async () => {
    stepActions("process.card", "action_report_missing");
    await openCard();
    await contains(".o_process_report_missing").click();
    await contains(".modal select").select("32");
    await contains(".modal input[name='quantity']").edit("2.5", { instantly: true });
    await contains(".modal button[name='confirm']").click();
    expect.verifySteps([["action_report_missing", [5], 32, 2.5, null, {}]]);
});

test("NCR-3: a defect goes to quality with where and how bad", async () => {
    stepActions("process.card", "action_report_defect");
    await openCard();
    await contains(".o_process_report_defect").click();
    await contains(".modal textarea[name='description']").edit("Scratch");
    await contains(".modal select[name='line_id']").select("2");
    await contains(".modal select[name='severity']").select("major");
    await contains(".modal button[name='confirm']").click();
    expect.verifySteps([
        [
            "action_report_defect",
            [5],
            "Scratch",
            { line_id: 2, product_id: null, quantity: 1, severity: "major", photos: [] },
        ],
    ]);
});

test("FQC-1: a card that is closed is only read", async () => {
    card = cardData({ closed: true, check_due: true });
    await openCard();
    expect(".o_process_sign, .o_process_report_defect, .o_process_check_ok").toHaveCount(0);
});

test("FQC-1: a code finds its card, and one that finds none is said", async () => {
    onRpc("process.card", "find_card", ({ args }) => (args[0] === "SN-1" ? 5 : false));
    await openCard(false);
    await contains(".o_process_code").edit("SN-9", { confirm: false });
    await contains(".o_process_code").press("Enter");
    await animationFrame();
    expect(".o_notification").toHaveText(/SN-9/);
    expect(".o_process_head").toHaveCount(0);
    await contains(".o_process_code").edit("SN-1", { confirm: false });
    await contains(".o_process_code").press("Enter");
    await animationFrame();
    expect(".o_process_head h2").toHaveText("PC2026-00005");
});
