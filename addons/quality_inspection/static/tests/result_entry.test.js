import {
    advanceTime,
    animationFrame,
    beforeEach,
    expect,
    fill,
    manuallyDispatchProgrammaticEvent,
    mockVibrate,
    press,
    queryOne,
    test,
} from "@odoo/hoot";
import {
    contains,
    defineModels,
    getService,
    makeServerError,
    models,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { localization } from "@web/core/l10n/localization";
import { ConnectionLostError } from "@web/core/network/rpc";
import { ORM } from "@web/core/orm_service";
import { WebClient } from "@web/webclient/webclient";
import { dropDraft, keepDraft, readDraft } from "@quality_inspection/result_entry/entry_draft";

import { entryData, line } from "./result_entry_data";

class Inspection extends models.Model {
    _name = "quality.inspection";
}

defineMailModels();
defineModels([Inspection]);

beforeEach(() => {
    dropDraft(7);
    patchWithCleanup(localization, { decimalPoint: ".", thousandsSep: "," });
});

async function openEntry(data = entryData()) {
    onRpc("quality.inspection", "get_entry_data", () => data);
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "quality_inspection.result_entry",
        context: { active_id: 7 },
    });
    await animationFrame();
}

function cell(unit, lineId) {
    return `.o_qi_grid [data-unit="${unit}"][data-line="${lineId}"]`;
}

/** Type into the cell that has the focus, as a keyboard does. */
async function type(text) {
    await fill(text, { confirm: false });
    await animationFrame();
}

async function key(...keys) {
    await press(keys);
    await animationFrame();
    await animationFrame();
}

test.tags("desktop");
test("REC-3: results are typed with the keyboard alone", async () => {
    onRpc("quality.inspection", "save_results", ({ args }) => {
        expect.step(args[1].lines.map(({ id, measurements }) => [id, measurements.map(({ value }) => value)]));
        return entryData({ revision: 4 });
    });
    await openEntry();
    expect(cell(1, 11)).toBeFocused();
    await type("10.05");
    expect(".o_qi_grid .o_qi_tone_ok").toHaveCount(1);
    await key("Enter");
    expect(cell(2, 11)).toBeFocused();
    await type("10.2");
    expect(".o_qi_grid .o_qi_tone_ng").toHaveCount(1);
    await key("Tab");
    expect(cell(2, 12)).toBeFocused();
    await key("ArrowUp");
    expect(cell(1, 12)).toBeFocused();
    await type("1");
    await key("ArrowLeft");
    expect(cell(1, 12)).toBeFocused({ message: "the arrow moves inside the text first" });
    await key("Control", "s");
    expect.verifySteps([
        [
            [11, [10.05, 10.2]],
            [12, [1]],
        ],
    ]);
});

test.tags("desktop");
test("REC-3: cells outside a characteristic's sample are skipped, and the end of a column leads to the next", async () => {
    await openEntry();
    await contains(cell(3, 11)).focus();
    await key("Tab");
    expect(cell(3, 12)).toBeFocused();
    await key("Tab");
    expect(cell(4, 11)).toBeFocused();
    await key("Tab");
    expect(cell(5, 11)).toBeFocused({ message: "the weight is measured of three units only" });
    await key("Enter");
    expect(cell(1, 12)).toBeFocused();
});

/** As a gauge types: each value and Enter, and no frame is drawn in between. */
async function gauge(...values) {
    for (const value of values) {
        for (const sign of value) {
            await press(sign);
        }
        await press("Enter");
    }
}

test.tags("desktop");
test("REC-3: a gauge that types faster than rows are drawn loses no digit", async () => {
    const [width] = entryData().lines;
    await openEntry(entryData({ lines: [{ ...width, sample_size: 60 }] }));
    await gauge(...Array.from({ length: 59 }, (_, at) => String(10 + at)));
    await press("9");
    await animationFrame();
    await animationFrame();
    await press("8");
    expect(cell(60, 11)).toBeFocused();
    expect(cell(60, 11)).toHaveValue("98");
    expect(cell(59, 11)).toHaveValue("68");
    await gauge("", "77");
    expect(cell(60, 11)).toHaveValue("98", { message: "one value too many is not added to the last" });
    queryOne(".o_qi_grid").scrollTop = 0;
    await animationFrame();
    await animationFrame();
    expect(Array.from({ length: 12 }, (_, at) => queryOne(cell(at + 1, 11)).value)).toEqual(
        Array.from({ length: 12 }, (_, at) => String(10 + at))
    );
});

test.tags("desktop");
test("REC-3: pass and fail by key, and the rest of a column at once", async () => {
    const lines = [line(21, "Interlock", "check", { per_unit: true, sample_size: 4 })];
    await openEntry(entryData({ lines }));
    await key("p");
    await key("f");
    expect(cell(3, 21)).toBeFocused();
    expect(cell(1, 21)).toHaveValue("OK");
    expect(cell(2, 21)).toHaveValue("NG");
    await contains(".o_qi_rest_ok").click();
    expect(cell(2, 21)).toHaveValue("NG");
    expect(cell(4, 21)).toHaveValue("OK");
});

test.tags("desktop");
test("REC-3: a block of a spreadsheet is pasted; each wrong cell is named and leads there", async () => {
    await openEntry();
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "10,05\t1\n\t0,95\nx\t1\n");
    await manuallyDispatchProgrammaticEvent(queryOne(cell(1, 11)), "paste", { clipboardData });
    await animationFrame();
    expect(cell(1, 11)).toHaveValue("10.05");
    expect(cell(2, 12)).toHaveValue("0.95");
    expect(".o_qi_problems li").toHaveText('Width, unit 3: "x" is not a number.');
    await contains(".o_qi_problems a").click();
    expect(cell(3, 11)).toBeFocused();
    await type("10");
    expect(".o_qi_problems").toHaveCount(0);
});

test.tags("desktop");
test("REC-3: a scanner that types into a cell jumps to the unit and leaves no trace", async () => {
    mockVibrate(() => expect.step("vibrate"));
    const units = [
        { unit_no: 1, lot_id: 31, name: "VS1-001" },
        { unit_no: 4, lot_id: 34, name: "VS1-004" },
    ];
    await openEntry(
        entryData({
            units,
            serials: [
                { id: 31, name: "VS1-001" },
                { id: 34, name: "VS1-004" },
            ],
        })
    );
    await type("VS1-004");
    await key("Enter");
    expect(cell(4, 11)).toBeFocused();
    expect(cell(1, 11)).toHaveValue("");
    expect.verifySteps(["vibrate"]);
});

test.tags("desktop");
test("REC-3: a wrong number is not sent", async () => {
    onRpc("quality.inspection", "save_results", () => expect.step("saved"));
    await openEntry();
    await type("abc");
    await contains(".o_qi_save").click();
    expect(".o_qi_problems li").toHaveText('Width, unit 1: "abc" is not a number.');
    expect.verifySteps([]);
});

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
    onRpc("quality.inspection", "get_entry_data", () => data);
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "quality_inspection.result_entry",
        context: { active_id: 7 },
    });
    await animationFrame();
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

test("REC-3, REC-5: the verdict is previewed with its classes, and concluded with findings", async () => {
    onRpc("quality.inspection", "action_conclude", ({ kwargs }) => {
        expect.step([kwargs.accepted, kwargs.findings]);
        return true;
    });
    const preview = { verdict: "accept", accepted: 498, rejected: 2, lowest: 497, highest: 500, text: "498 accepted" };
    await openEntry(entryData({ preview }));
    await contains(".o_qi_conclude_button").click();
    await animationFrame();
    expect(".o_qi_preview").toHaveText("498 accepted");
    expect(".o_qi_conclude tbody tr").toHaveCount(2);
    await contains(".o_qi_conclude input[type=checkbox]").click();
    await contains("#o_qi_accepted").edit("499", { confirm: false });
    await contains(".o_qi_confirm").click();
    expect.verifySteps([[499, { finding_wrong_model: true }]]);
});

test("FQC-5: what is accepted does not look so while a defect blocks its release", async () => {
    const preview = { verdict: "accept", accepted: 500, rejected: 0, lowest: 500, highest: 500, text: "accepted" };
    await openEntry(entryData({ preview: { ...preview, blocked: "DR2026-00001: door scratched" } }));
    await contains(".o_qi_conclude_button").click();
    await animationFrame();
    expect(".o_qi_preview").toHaveClass("alert-warning");
    expect(".o_qi_conclude .text-success").toHaveCount(0);
    expect(".o_qi_blocked").toHaveText("DR2026-00001: door scratched");
});

test("REC-3: there is no verdict without results; what is missing is named", async () => {
    await openEntry(entryData({ missing: ["Width: 0 of 5 units"], preview: { verdict: false, text: "missing" } }));
    await contains(".o_qi_conclude_button").click();
    await animationFrame();
    expect(".o_qi_conclude li").toHaveText("Width: 0 of 5 units");
    expect(".o_qi_confirm").not.toBeEnabled();
});

test("REC-3: a refusal of the verdict is shown where it was asked for", async () => {
    onRpc("quality.inspection", "action_conclude", () => {
        throw makeServerError({ type: "UserError", message: "The documents are missing" });
    });
    await openEntry();
    await contains(".o_qi_conclude_button").click();
    await animationFrame();
    await contains(".o_qi_confirm").click();
    await animationFrame();
    expect(".o_qi_refusal").toHaveText("The documents are missing");
});

test("REC-3: a concluded inspection is shown, not edited", async () => {
    await openEntry(entryData({ can_edit: false, state: "done" }));
    expect(".o_qi_save").toHaveCount(0);
    expect(".o_qi_conclude_button").toHaveCount(0);
    expect(".o_qi_photo").toHaveCount(0);
});

test.tags("mobile");
test("REC-3: on a phone one characteristic is a card; a number leads to the next unit, then to the next card", async () => {
    const lines = [{ ...entryData().lines[0], sample_size: 2 }, line(13, "Surface", "check")];
    onRpc("quality.inspection", "save_results", ({ args }) => {
        expect.step(args[1].lines.map(({ id, defect_count, measurements }) => [id, defect_count, measurements.length]));
        return entryData({ lines, revision: 4 });
    });
    await openEntry(entryData({ lines }));
    expect(".o_qi_card h2").toHaveText("Width*");
    expect(".o_qi_tolerance").toHaveText("9.9 – 10.1 mm");
    await contains(".o_qi_pad_input").edit("10.2", { confirm: false });
    expect(".o_qi_pad_input").toHaveClass("o_qi_tone_ng");
    await contains(".o_qi_done").click();
    expect(".o_qi_chip_active").toHaveText("2");
    await contains(".o_qi_pad_input").edit("10", { confirm: false });
    await contains(".o_qi_done").click();
    expect(".o_qi_card h2").toHaveText("Surface*");
    await contains(".o_qi_card .o_qi_ng").click();
    await contains(".o_qi_card .o_qi_ng").click();
    expect(".o_qi_card .o_qi_count_input").toHaveValue("2");
    expect(".o_qi_bar").toHaveText(/100%/);
    await contains(".o_qi_save").click();
    expect.verifySteps([
        [
            [11, false, 2],
            [13, 2, 0],
        ],
    ]);
});

test.tags("mobile");
test("REC-3: on a phone no digit of a gauge is lost or added to the former value, nor at a change of the card", async () => {
    const [width, weight] = entryData().lines;
    const lines = [
        { ...width, sample_size: 3 },
        { ...weight, sample_size: 2 },
    ];
    onRpc("quality.inspection", "save_results", ({ args }) => {
        expect.step(args[1].lines.map(({ measurements }) => measurements.map(({ value }) => value)));
        return entryData({ lines, revision: 4 });
    });
    await openEntry(entryData({ lines }));
    await contains(".o_qi_pad_input").click();
    await gauge("1820", "2500", "1040");
    await press("1");
    await animationFrame();
    await press("2");
    expect(".o_qi_card h2").toHaveText("Weight*");
    await gauge("", "7", "88");
    await animationFrame();
    await contains(".o_qi_save").click();
    expect.verifySteps([
        [
            [1820, 2500, 1040],
            [12, 7],
        ],
    ]);
});

test.tags("mobile");
test("REC-3: a phone asks its camera for the photo", async () => {
    await openEntry(entryData({ lines: [line(15, "Label", "photo")] }));
    expect(".o_qi_photo input[type=file]").toHaveAttribute("capture", "environment");
    expect(".o_qi_photo input[type=file]").toHaveAttribute("accept", "image/*");
});

test("REC-4: documents stand in their released version, and what is missing is said", async () => {
    await openEntry(entryData({ missing_documents: true, missing_documents_note: "certificate of copper" }));
    expect(".o_qi_papers .alert").toHaveText(/certificate of copper/);
    expect(".o_qi_document .badge").toHaveText("rev. B");
    expect(".o_qi_document").toHaveAttribute("href", "/x");
});
