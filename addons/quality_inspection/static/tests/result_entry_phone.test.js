import { animationFrame, expect, press, test } from "@odoo/hoot";
import { contains, onRpc } from "@web/../tests/web_test_helpers";
import { entryData, line } from "./result_entry_data";
import { defineEntry, gauge, openEntry } from "./result_entry_page";

defineEntry();

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
