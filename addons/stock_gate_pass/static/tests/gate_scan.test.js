import { animationFrame, beforeEach, expect, test } from "@odoo/hoot";
import { contains, getService, mountWithCleanup, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { ConnectionLostError } from "@web/core/network/rpc";
import { ORM } from "@web/core/orm_service";

import { GateScan } from "@stock_gate_pass/gate_scan/gate_scan";

function gatePass(values = {}) {
    return {
        id: 7,
        name: "GP00007",
        reason: "repair",
        reason_label: "Repair",
        partner: "Delta Copper",
        vehicle: "沪A12345",
        carrier: "",
        driver: "Wang Wei",
        must_return: true,
        expected_return: "2026-03-20",
        is_overdue: false,
        next: "out",
        lines: [
            {
                id: 1,
                product: "Busbar",
                lot: "L1",
                uom: "pcs",
                quantity: 20,
                quantity_out: 0,
                quantity_in: 0,
                balance: 20,
            },
            {
                id: 2,
                product: "Clamp",
                lot: "",
                uom: "pcs",
                quantity: 2.5,
                quantity_out: 0,
                quantity_in: 0,
                balance: 2.5,
            },
        ],
        ...values,
    };
}

function answer(state, data, type, text) {
    return { state, data, message: { type, text } };
}

defineMailModels();

beforeEach(() => {
    patchWithCleanup(GateScan.prototype, {
        sound: (addon, name) => ({ play: () => expect.step(name) }),
        buzz: () => {},
    });
    onRpc("stock.gate.pass", "get_expected", () => expected);
    expected = { out: [], in: [], more: 0 };
});

let expected;

async function openPage(params = {}) {
    await mountWithCleanup(GateScan, { props: { action: { params }, actionId: 1 } });
}

test("NCR-5: a typed number shows what must go out, and Out records all of it", async () => {
    onRpc("stock.gate.pass", "scan", ({ args }) => {
        expect.step(`scan ${args}`);
        return answer("ready_out", gatePass(), "info", "Goes out.");
    });
    onRpc("stock.gate.pass", "scan_out", ({ args }) => {
        expect.step(`out ${JSON.stringify(args)}`);
        const lines = gatePass().lines.map((line) => ({ ...line, quantity_out: line.quantity }));
        return answer("ready_in", gatePass({ next: "in", lines }), "success", "GP00007 is out.");
    });
    await openPage();
    await contains(".o_gate_code").edit(" gp00007 ", { confirm: false });
    await contains(".o_gate_code").press("Enter");
    await animationFrame();
    expect.verifySteps(["scan gp00007", "ting"]);
    expect(".o_gate_name").toHaveText("GP00007");
    expect(".o_gate_due:eq(0)").toHaveText("20 pcs");
    expect(".o_gate_due:eq(1)").toHaveText("2.5 pcs");
    expect(".o_gate_in").toHaveCount(0);
    await contains(".o_gate_out").click();
    expect.verifySteps(['out ["GP00007"]', "ting"]);
    expect(".o_gate_message").toHaveClass("o_gate_success");
    expect(".o_gate_pass").toHaveCount(0);
    // no button is left below the finger that has pressed Out
    expect(".o_gate_in").toHaveCount(0);
    expect(".o_gate_rest").toHaveText(/Busbar\s*L1\s*20 pcs/);
    expect(".o_gate_past").toHaveText(/GP00007 is out\./);
});

test("NCR-5: a scanner that types finds the page, wherever the cursor is", async () => {
    onRpc("stock.gate.pass", "scan", ({ args }) => {
        expect.step(`scan ${args}`);
        return answer("ready_out", gatePass(), "info", "Goes out.");
    });
    await openPage();
    getService("barcode").bus.trigger("barcode_scanned", { barcode: "TOKEN-123" });
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["scan TOKEN-123", "ting"]);
    expect(".o_gate_out").toHaveCount(1);
});

test("NCR-5: a partial return sends what was counted, line by line", async () => {
    const lines = gatePass().lines.map((line) => ({ ...line, quantity_out: line.quantity }));
    onRpc("stock.gate.pass", "scan", () => answer("ready_in", gatePass({ next: "in", lines }), "info", "Comes in."));
    onRpc("stock.gate.pass", "scan_in", ({ args }) => {
        expect.step(`in ${JSON.stringify(args)}`);
        return answer("ready_in", gatePass({ next: "in", lines }), "warning", "3 still out.");
    });
    await openPage({ code: "GP00007" });
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["ting"]);
    expect(".o_gate_out").toHaveCount(0);
    expect("input[name=quantity_1]").toHaveValue("20");
    await contains(".o_gate_line:eq(0) button[aria-label='One more']").click();
    expect("input[name=quantity_1]").toHaveValue("20");
    await contains(".o_gate_line:eq(0) button[aria-label='One less']").click();
    expect("input[name=quantity_1]").toHaveValue("19");
    await contains("input[name=quantity_1]").edit("17", { confirm: false });
    await contains("input[name=quantity_2]").edit("2,5", { confirm: false });
    await contains(".o_gate_in").click();
    expect.verifySteps(['in ["GP00007",{"1":17,"2":2.5}]', "error"]);
    expect(".o_gate_message").toHaveClass("o_gate_warning");
});

test("NCR-5: an empty quantity is asked for, not guessed", async () => {
    onRpc("stock.gate.pass", "scan", () => answer("ready_in", gatePass({ next: "in" }), "info", "Comes in."));
    onRpc("stock.gate.pass", "scan_in", () => expect.step("in"));
    await openPage({ code: "GP00007" });
    await animationFrame();
    await animationFrame();
    await contains("input[name=quantity_2]").edit("", { confirm: false });
    await contains(".o_gate_in").click();
    expect.verifySteps(["ting", "error"]);
    expect(".o_gate_message").toHaveText("Clamp: type how many came back, 0 if none.");
});

test("NCR-5: an unknown code and a lost connection are said in red, with the other sound", async () => {
    let lost = false;
    patchWithCleanup(ORM.prototype, {
        call(model, ...args) {
            if (lost && model === "stock.gate.pass") {
                throw new ConnectionLostError("/");
            }
            return super.call(model, ...args);
        },
    });
    onRpc("stock.gate.pass", "scan", () => answer("unknown", false, "danger", "No gate pass has this number."));
    await openPage();

    await contains(".o_gate_code").edit("NOPE", { confirm: false });
    await contains(".o_gate_find").click();
    expect.verifySteps(["error"]);
    expect(".o_gate_message").toHaveClass("o_gate_danger");
    lost = true;
    await contains(".o_gate_code").edit("GP1", { confirm: false });
    await contains(".o_gate_find").click();
    expect.verifySteps(["error"]);
    expect(".o_gate_message").toHaveText("No connection to the server: nothing was recorded. Scan again.");
});

test("NCR-5: an overdue return is marked", async () => {
    onRpc("stock.gate.pass", "scan", () =>
        answer("ready_in", gatePass({ next: "in", is_overdue: true }), "warning", "Overdue.")
    );
    await openPage({ code: "GP00007" });
    await animationFrame();
    await animationFrame();
    expect(".o_gate_pass .badge.text-bg-danger").toHaveText("Overdue");
    expect.verifySteps(["error"]);
    await contains(".o_gate_next").click();
    expect(".o_gate_pass").toHaveCount(0);
    expect(".o_gate_message").toHaveCount(0);
});

test("NCR-5: what is expected is listed, overdue marked, and opened by one tap", async () => {
    const pass = { partner: "Delta Copper", vehicle: "沪A12345", is_overdue: false, expected_return: "2026-03-20" };
    expected = {
        out: [{ ...pass, name: "GP00007", goods: ["Busbar 20 pcs", "Clamp 2 pcs", "Nut 1 pcs", "Bolt 1 pcs"] }],
        in: [{ ...pass, name: "GP00003", goods: ["Breaker 1 pcs"], is_overdue: true }],
        more: 3,
    };
    onRpc("stock.gate.pass", "scan", ({ args }) => {
        expect.step(`scan ${args}`);
        return answer("ready_out", gatePass(), "info", "Goes out.");
    });
    await openPage();
    await animationFrame();
    await animationFrame();
    expect(".o_gate_expected_out button").toHaveText(/GP00007.*Delta Copper.*Busbar 20 pcs.*Nut 1 pcs …/s);
    expect(".o_gate_expected_out .badge").toHaveCount(0);
    expect(".o_gate_expected_in .badge").toHaveText("Overdue");
    expect(".o_gate_more").toHaveText("3 more: scan them.");
    await contains(".o_gate_expected_out button").click();
    expect.verifySteps(["scan GP00007", "ting"]);
    expect(".o_gate_out").toHaveCount(1);
    expect(".o_gate_expected").toHaveCount(0);
    // the list is read again when the pass is left
    expected = { out: [], in: [], more: 0 };
    await contains(".o_gate_next").click();
    await animationFrame();
    await animationFrame();
    expect(".o_gate_expected").toHaveCount(0);
    expect(".o_gate_hint").toHaveCount(1);
});
