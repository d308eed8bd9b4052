import { expect, test } from "@odoo/hoot";
import { contains, mockService, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { SerialPassport } from "@quality_production/passport/passport";
import { PassportTree } from "@quality_production/passport/passport_tree";

defineMailModels();

function node(product, values = {}) {
    return {
        product,
        lot_id: false,
        lot: "",
        quantity: 1,
        uom: "pcs",
        flags: [],
        shared: false,
        supplier: "",
        received_on: false,
        supplier_batch: "",
        documents: [],
        inspections: [],
        children: [],
        ...values,
    };
}

const DRIVE = node("Drive", { children: [node("Spring", { children: [node("Wire")] })] });

async function openTree(nodes) {
    await mountWithCleanup(PassportTree, {
        props: { nodes, date: (value) => `on ${value}`, openLot: (id) => expect.step(`lot ${id}`) },
    });
}

test("REC-9: the first level is open, what lies below opens and closes by itself", async () => {
    await openTree([DRIVE, node("Busbar")]);
    expect(".fw-bold").toHaveCount(3);
    expect(".o_passport_leaf").toHaveCount(1);
    await contains("button[aria-expanded='false']").click();
    expect(".fw-bold:eq(2)").toHaveText("Wire");
    await contains("button[aria-expanded='true']:first").click();
    expect(".fw-bold").toHaveCount(2);
});

test("REC-9: a component shows its supplier, batch and what was special about it, and leads to its lot", async () => {
    await openTree([
        node("Busbar", {
            lot_id: 8,
            lot: "L8",
            flags: ["urgent", "concession"],
            supplier: "Delta Copper",
            received_on: "2026-03-02",
            supplier_batch: "B-77",
        }),
    ]);
    expect(".badge").toHaveCount(2);
    expect(".small.text-muted span:first").toHaveText("Delta Copper, on 2026-03-02");
    expect(".small.text-muted").toHaveText(/B-77/);
    await contains(".o_passport_lot").click();
    expect.verifySteps(["lot 8"]);
});

test("REC-9: an inspection of a component opens", async () => {
    mockService("action", { doAction: ({ res_model, res_id }) => expect.step([res_model, res_id]) });
    await openTree([node("Busbar", { inspections: [{ id: 4, name: "QI-4", verdict_label: "Accepted" }] })]);
    await contains("a:contains(QI-4)").click();
    expect.verifySteps([["quality.inspection", 4]]);
});

function passport(values = {}) {
    return {
        id: 3,
        name: "SN-3",
        product: "Switchgear",
        ref: "",
        quality_state: "held",
        quality_label: "On hold",
        production: false,
        lot_count: 2,
        deliveries: [],
        components: [DRIVE],
        documents: [],
        inspections: [],
        urgent_releases: [],
        concessions: [],
        nonconformities: [],
        defects: [],
        card: false,
        ...values,
    };
}

test("REC-9: the passport of a serial number shows its state and components", async () => {
    onRpc("stock.lot", "get_passport", ({ args }) => {
        expect.step(args[0]);
        return passport();
    });
    await mountWithCleanup(SerialPassport, {
        props: { action: { params: {}, context: { active_id: 3 } }, actionId: 1 },
        componentEnv: { config: {} }, // of the action that shows the page
    });
    expect.verifySteps([[3]]);
    expect(".o_passport_head h1").toHaveText("SN-3");
    expect(".o_passport_head .badge").toHaveClass("text-bg-warning");
    expect(".o_passport_tree .fw-bold:first").toHaveText("Drive");
});

test("REC-9: without a serial number the passport says how to open one", async () => {
    await mountWithCleanup(SerialPassport, {
        props: { action: { params: {}, context: {} }, actionId: 1 },
        componentEnv: { config: {} },
    });
    expect(".o_passport_head").toHaveCount(0);
    expect(".o_serial_passport").toHaveText(/Open the passport from a lot or serial number/);
});
