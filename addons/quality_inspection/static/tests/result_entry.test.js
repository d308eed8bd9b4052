import {
    animationFrame,
    expect,
    manuallyDispatchProgrammaticEvent,
    mockVibrate,
    press,
    queryOne,
    test,
} from "@odoo/hoot";
import { contains, onRpc } from "@web/../tests/web_test_helpers";
import { entryData, line } from "./result_entry_data";
import { cell, defineEntry, gauge, key, openEntry, type } from "./result_entry_page";

defineEntry();

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
