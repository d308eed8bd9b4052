import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { allowTranslations, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { localization } from "@web/core/l10n/localization";
import { EntryStore } from "@quality_inspection/result_entry/entry_store";

import { entryData, line, measure } from "./result_entry_data";

describe.current.tags("headless");
beforeEach(allowTranslations);

function makeStore(values) {
    patchWithCleanup(localization, { decimalPoint: ".", thousandsSep: "," });
    const store = new EntryStore(entryData(values));
    const [width, weight, surface, marking, label] = store.data.lines;
    return { store, width, weight, surface, marking, label };
}

test("REC-3: limits themselves pass, in another unit too: 900 g and 1100 g of 0.9-1.1 kg", () => {
    const { store, weight } = makeStore();
    expect(store.toneOf(weight, 1.1, 5)).toBe("ok");
    expect(store.toneOf(weight, 1100, 6)).toBe("ok");
    expect(store.toneOf(weight, 900, 6)).toBe("ok");
    expect(store.toneOf(weight, 1100.1, 6)).toBe("ng");
    expect(store.toneOf(weight, 1, 6)).toBe("ng");
});

test("REC-3: a unit typed behind the number is taken for that cell", () => {
    const { store, weight } = makeStore();
    store.setText(weight, 1, "1000 g");
    store.settleText(weight, 1);
    expect(store.cellText(weight, 1)).toBe("1000");
    expect(store.cellUom(weight, 1)).toBe(6);
    expect(store.cellTone(weight, 1)).toBe("ok");
    expect(store.linePayload(weight).measurements).toEqual([
        { unit_no: 1, lot_id: false, value: 1000, ok: null, text: "", uom_id: 6 },
    ]);
});

test("REC-3: only changed lines are sent, whole, and untouched values as they came", () => {
    const saved = [{ unit_no: 2, lot_id: false, value: 10.123456, text: false, uom_id: 3, ok: false }];
    const { store, width } = makeStore({
        lines: [measure(11, "Width", { lower: 9.9, upper: 10.1, measurements: saved })],
    });
    store.setText(width, 1, "10.05");
    expect(store.payload).toEqual({
        revision: 3,
        lines: [
            {
                id: 11,
                defect_count: false,
                text_value: "",
                instrument_id: false,
                measurements: [
                    { unit_no: 1, lot_id: false, value: 10.05, ok: null, text: "", uom_id: 3 },
                    { unit_no: 2, lot_id: false, value: 10.123456, ok: null, text: "", uom_id: 3 },
                ],
            },
        ],
        samples: [],
    });
});

test("REC-3: an emptied cell takes its value away", () => {
    const saved = [{ unit_no: 1, lot_id: false, value: 10, text: false, uom_id: 3, ok: true }];
    const { store, width } = makeStore({ lines: [measure(11, "Width", { measurements: saved })] });
    store.setText(width, 1, "");
    expect(store.payload.lines[0].measurements).toEqual([]);
});

test("REC-3: a pasted block fills the grid, leaves empty cells and names the very cells that are wrong", () => {
    const { store, width, weight } = makeStore();
    const { filled, problems } = store.paste("10,05\t1000 g\r\n\t0,95\r\nx\t\r\n9,8\t1\r\n", 1, width);
    expect(filled).toBe(4);
    expect(problems.map((problem) => String(problem.text))).toEqual([
        'Width, unit 3: "x" is not a number.',
        "Beyond the sample, left out: Weight, unit 4",
    ]);
    expect([1, 2, 3, 4].map((unit) => store.cellText(width, unit))).toEqual(["10.05", "", "x", "9.8"]);
    expect([1, 2, 3, 4].map((unit) => store.cellTone(width, unit))).toEqual(["ok", "", "bad", "ng"]);
    expect(store.cellUom(weight, 1)).toBe(6);
    expect(store.errors.map(({ unit }) => unit)).toEqual([3]);
});

test("REC-3: a serial number beside the values does not decide how their decimals are written", () => {
    const lines = [
        line(21, "Interlock", "check", { per_unit: true, sample_size: 2 }),
        measure(11, "Width", { lower: 9.9, upper: 1300 }),
    ];
    const { store } = makeStore({ lines });
    for (const text of ["SN1,2", "12,5"]) {
        const { problems } = store.paste(`${text}\t1,250\nOK\t10`, 1, store.data.lines[0]);
        expect(problems.map((problem) => String(problem.text))).toEqual([
            `Interlock, unit 1: "${text}" is neither OK nor NG.`,
            'Width, unit 1: "1,250" may be read in two ways: type it without the thousands separator.',
        ]);
    }
});

test("REC-3: full-width values and units of a pasted block are read, 0 and - of a check are named", () => {
    const { store, width, weight } = makeStore();
    const block = "10\u300205\t\uff11\uff10\uff10\uff10\uff47";
    expect(store.paste(block, 1, width)).toEqual({ filled: 2, problems: [] });
    expect([store.cellText(width, 1), store.cellText(weight, 1), store.cellUom(weight, 1)]).toEqual([
        "10.05",
        "1000",
        6,
    ]);
    const lines = [line(21, "Interlock", "check", { per_unit: true, sample_size: 3 })];
    const { store: marks } = makeStore({ lines });
    const { filled, problems } = marks.paste("0\n-\n\uff2f\uff2b", 1, marks.data.lines[0]);
    expect(filled).toBe(1);
    expect(problems.map(({ unit }) => unit)).toEqual([1, 2]);
    expect([1, 2, 3].map((unit) => marks.cellMark(marks.data.lines[0], unit))).toEqual([null, null, true]);
});

test("REC-3: a row of titles above a block is skipped", () => {
    const { store, width } = makeStore();
    expect(store.paste("Width\tWeight\n10\t1", 1, width)).toEqual({ filled: 2, problems: [] });
    expect(store.cellText(width, 1)).toBe("10");
});

test("REC-3: a pasted block of marks says which are neither", () => {
    const lines = [line(21, "Interlock", "check", { per_unit: true, sample_size: 3 })];
    const { store } = makeStore({ lines });
    const { filled, problems } = store.paste("OK\nmaybe\nNG", 1, store.data.lines[0]);
    expect(filled).toBe(2);
    expect(problems).toHaveLength(1);
    expect(problems[0].unit).toBe(2);
    expect(store.linePayload(store.data.lines[0]).measurements.map(({ unit_no, ok }) => [unit_no, ok])).toEqual([
        [1, true],
        [3, false],
    ]);
});

test("REC-3: a scanned serial jumps to its unit, a new one takes the next free unit, a strange one is named", () => {
    const { store } = makeStore({
        units: [{ unit_no: 1, lot_id: 31, name: "SN1" }],
        serials: [
            { id: 31, name: "SN1" },
            { id: 32, name: "SN2" },
        ],
    });
    expect(store.unitOfSerial("sn1")).toEqual({ unit: 1 });
    expect(store.unitOfSerial("SN2")).toEqual({ unit: 2 });
    expect(store.unitOfSerial("SN2")).toEqual({ unit: 2 });
    expect(store.unitLot(2)).toBe(32);
    expect(String(store.unitOfSerial("SN9").error)).toBe("SN9 is no serial of this inspection.");
});

test("REC-3: one bad unit counts once, whatever is wrong with it", () => {
    const lines = [measure(11, "Width", { lower: 9.9, upper: 10.1 }), measure(16, "Height", { lower: 1, upper: 2 })];
    const { store } = makeStore({ lines });
    for (const one of lines) {
        store.setText(one, 4, "99");
    }
    expect(store.foundOf(store.data.samples[0])).toEqual({ count: 1, saved: false });
    expect(store.foundOf(store.data.samples[1])).toEqual({ count: 0, saved: true });
});

test("REC-3: a check cannot have more defects than units, and no half ones", () => {
    const { store, surface } = makeStore();
    store.setDefects(surface, "6");
    expect(String(store.errors[0].text)).toBe("Surface: Only 5 units are inspected.");
    store.setDefects(surface, "1.5");
    expect(store.errors).toHaveLength(1);
    store.setDefects(surface, "2");
    expect(store.errors).toHaveLength(0);
    expect(store.payload.lines[0].defect_count).toBe(2);
});

test("REC-3: what was typed while the save travelled stays typed", () => {
    const { store, width } = makeStore();
    store.setText(width, 1, "10");
    store.setText(width, 2, "10");
    const sent = JSON.parse(JSON.stringify(store.edits));
    store.setText(width, 2, "10.2");
    store.settle(sent, entryData({ revision: 4 }));
    expect(store.edits.cells).toEqual({ 11: { 2: { text: "10.2", uom_id: 3 } } });
    expect(store.payload.revision).toBe(4);
});

test("REC-3: progress counts every unit of every characteristic", () => {
    const { store, width, surface, marking } = makeStore();
    expect(store.progress).toBe(0);
    for (let unit = 1; unit <= 5; unit++) {
        store.setText(width, unit, "10");
    }
    store.setDefects(surface, "0");
    store.setLineValue(marking, "text_value", "TMY");
    // 5 of 5, 0 of 3, and two of the three lines with one result
    expect(store.progress).toBe(64);
});
