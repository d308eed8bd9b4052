import { advanceTime, animationFrame, expect, manuallyDispatchProgrammaticEvent, test } from "@odoo/hoot";
import { contains, getService, makeServerError, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { ConnectionLostError } from "@web/core/network/rpc";
import { ORM } from "@web/core/orm_service";
import { keepDraft, readDraft } from "@quality_inspection/result_entry/entry_draft";
import { entryData } from "./result_entry_data";
import { cell, defineEntry, openEntry, type } from "./result_entry_page";

defineEntry();

test.tags("desktop");
test("REC-3: what was typed survives a reload, and is forgotten once it is saved", async () => {
    onRpc("quality.inspection", "save_results", () => entryData({ revision: 4 }));
    await openEntry();
    await type("10.05");
    await advanceTime(400);
    expect(readDraft(7)).toMatchObject({ revision: 3, edits: { cells: { 11: { 1: { text: "10.05" } } } } });
    await contains(".o_qi_save").click();
    await animationFrame();
    expect(readDraft(7)).toBe(null);
});

test.tags("desktop");
test("REC-3: a draft is laid over the saved results when the page opens again", async () => {
    keepDraft(7, 3, { cells: { 11: { 1: { text: "10.05", uom_id: 3 } } }, lines: {}, samples: {}, units: {} });
    await openEntry();
    expect(cell(1, 11)).toHaveValue("10.05");
    expect(".o_notification").toHaveText(/is here again; it is not saved yet/);
    expect(".o_qi_state").toHaveText("Not saved yet");
});

test.tags("desktop");
test("REC-3: a draft upon an older revision is not laid over another's results unasked", async () => {
    keepDraft(7, 3, { cells: { 11: { 1: { text: "10.05", uom_id: 3 } } }, lines: {}, samples: {}, units: {} });
    await openEntry(entryData({ revision: 5, saved_by: "Wang Wei", saved_at: "2026-03-02 02:00:00" }));
    expect(cell(1, 11)).toHaveValue("");
    expect(".o_qi_conflict").toHaveText(/Wang Wei saved results/);
    await contains(".o_qi_discard").click();
    expect(cell(1, 11)).toHaveValue("");
    expect(readDraft(7)).toBe(null);
});

test.tags("desktop");
test("REC-3: leaving the page saves what was typed", async () => {
    onRpc("quality.inspection", "save_results", () => {
        expect.step("saved");
        return entryData({ revision: 4 });
    });
    await openEntry();
    await type("10.05");
    onRpc("stock.gate.pass", "get_expected", () => ({ out: [], in: [], more: 0 }));
    await getService("action").doAction({ type: "ir.actions.client", tag: "stock_gate_scan" });
    expect.verifySteps(["saved"]);
});

test.tags("desktop");
test("REC-3: two inspectors on one inspection: who saved is named, and nothing typed is lost", async () => {
    let saves = 0;
    onRpc("quality.inspection", "save_results", ({ args }) => {
        expect.step(args[1].revision);
        if (saves++ === 0) {
            throw makeServerError({ type: "UserError", message: "Wang Wei has saved meanwhile" });
        }
        return entryData({ revision: 6 });
    });
    let data = entryData();
    await openEntry(() => data);
    await type("10.05");
    data = entryData({ revision: 5, saved_by: "Wang Wei", saved_at: "2026-03-02 02:00:00" });
    await contains(".o_qi_save").click();
    await animationFrame();
    expect(".o_qi_conflict").toHaveText(/Wang Wei saved results on .* \(revision 5\)/);
    await contains(".o_qi_keep").click();
    expect(cell(1, 11)).toHaveValue("10.05");
    await contains(".o_qi_save").click();
    await animationFrame();
    expect.verifySteps([3, 5]);
});

test.tags("desktop");
test("REC-3: without a connection it stays on the device, and is sent when the connection is back", async () => {
    let isOnline = false;
    onRpc("quality.inspection", "save_results", () => {
        expect.step("saved");
        return entryData({ revision: 4 });
    });
    patchWithCleanup(ORM.prototype, {
        call(model, method) {
            if (method === "save_results" && !isOnline) {
                return Promise.reject(new ConnectionLostError("/web/dataset"));
            }
            return super.call(...arguments);
        },
    });
    await openEntry();
    await type("10.05");
    await contains(".o_qi_save").click();
    await animationFrame();
    expect(".o_qi_state").toHaveText("No connection; kept on this device");
    isOnline = true;
    await manuallyDispatchProgrammaticEvent(window, "online");
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["saved"]);
    expect(".o_qi_state").toHaveText("All saved");
});
