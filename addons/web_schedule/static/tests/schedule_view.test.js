import { describe, expect, test } from "@odoo/hoot";
import { keyDown, press, queryAll, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame, Deferred, runAllTimers } from "@odoo/hoot-mock";
import {
    contains,
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
    toggleMenuItem,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";
import { download } from "@web/core/network/download";

import { openSchedule, setUpSchedule } from "./schedule_helpers";

describe.current.tags("desktop");
setUpSchedule();

const bar = (id) => `.gantt_task_line[data-task-id="r${id}"]`;
const names = () => queryAllTexts(".gantt_row .gantt_cell:first-child");

async function settle() {
    await animationFrame();
    await runAllTimers();
    await animationFrame();
}

async function dragBar(id, days) {
    const { x, y, width, height } = queryOne(bar(id)).getBoundingClientRect();
    const target = queryOne(bar(id)).querySelector(".gantt_task_content") || queryOne(bar(id));
    const at = (left) => ({
        bubbles: true,
        cancelable: true,
        clientX: left,
        clientY: y + height / 2,
        button: 0,
        buttons: 1,
    });
    const from = x + width / 2;
    target.dispatchEvent(new MouseEvent("mousedown", at(from)));
    // The bar is drawn anew at each step: later events come from what it lies on.
    const area = queryOne(".gantt_data_area");
    for (const part of [0.3, 0.6, 1]) {
        area.dispatchEvent(new MouseEvent("mousemove", at(from + days * 120 * part)));
        await settle();
    }
    area.dispatchEvent(new MouseEvent("mouseup", at(from + days * 120)));
    await settle();
}

test("items with their bars, arrow, days off, today and promised date; one read for all", async () => {
    onRpc("schedule_read", ({ kwargs }) => expect.step(`${kwargs.start} - ${kwargs.stop}`));
    await openSchedule();
    await settle();
    expect.verifySteps(["2026-03-01 00:00:00 - 2026-03-22 00:00:00"]);
    expect(names()).toEqual(["Drawings", "Wiring", "Released", "Frozen"]);
    expect(bar(1)).toHaveClass("o_critical");
    expect(bar(1)).toHaveClass("o_color_1");
    expect(bar(3)).toHaveClass("gantt_milestone");
    expect(bar(4)).toHaveClass("o_fixed");
    expect(".o_schedule_layer .o_baseline").toHaveCount(1);
    expect(".o_schedule_link.o_critical").toHaveCount(1);
    expect(".o_off_time").toHaveCount(1);
    expect(".o_today .o_schedule_line_text").toHaveText("Today");
    expect(".o_marker .o_schedule_line_text").toHaveText("Promised");
});

test("Odoo's group by makes a tree, folding hides its lines", async () => {
    await openSchedule({ groupBy: ["kind"] });
    await settle();
    expect(names()).toEqual(["Design (2)", "Drawings", "Released", "Assembly (2)", "Wiring", "Frozen"]);
    await contains(".gantt_row:first-child .gantt_tree_icon").click();
    await settle();
    expect(names()).toEqual(["Design (2)", "Assembly (2)", "Wiring", "Frozen"]);
    await contains(".o_schedule_fold").click();
    await settle();
    expect(names()).toEqual(["Design (2)", "Assembly (2)"]);
});

test("the search view's group by", async () => {
    await openSchedule();
    await toggleSearchBarMenu();
    await toggleMenuItem("Kind");
    await settle();
    expect(names()).toEqual(["Design (2)", "Drawings", "Released", "Assembly (2)", "Wiring", "Frozen"]);
});

test("dragging shows the effect before anything is saved; saving writes dates only; Ctrl+Z takes it back", async () => {
    onRpc("schedule_preview", ({ args }) => expect.step(`preview ${JSON.stringify(args[0])}`));
    onRpc("schedule_move", ({ args, kwargs }) => expect.step(`move ${JSON.stringify(args[0])}`));
    onRpc("write", () => expect.step("write"));
    await openSchedule({ groupBy: ["kind"] });
    await settle();
    await dragBar(1, 2);
    const was = '"was":{"start":"2026-03-10 08:00:00","stop":"2026-03-11 16:00:00"}';
    const change = `{"1":{"start":"2026-03-12 08:00:00","stop":"2026-03-13 16:00:00",${was}}}`;
    expect.verifySteps([`preview ${change}`]);
    expect(".o_ghost").toHaveCount(2);
    expect(".o_schedule_message").toHaveText("Released is pinned by hand and does not move.");
    expect(".o_schedule_effect_marker td:first").toHaveText("Promised date would be missed by 2 days");
    expect(".o_schedule_effect_marker td:eq(1)").toHaveText(/3\/17/);
    expect(".o_schedule_effect_line").toHaveCount(2);
    expect(".o_schedule_effect_line.fw-bold td:first-child").toHaveText("Drawings");
    expect(queryAllTexts(".o_schedule_effect_line td:last-child")).toEqual(["+2 d", "+2 d"]);
    await press("Enter");
    await settle();
    expect.verifySteps([`move ${change}`]);
    expect(".o_schedule_effect").toHaveCount(0);
    expect(".o_ghost").toHaveCount(0);
    await press(["ctrl", "z"]);
    await settle();
    expect.verifySteps(['move {"1":{"start":"2026-03-10 08:00:00","stop":"2026-03-11 16:00:00"}}']);
    expect(".o_schedule_undo").toHaveAttribute("disabled");
});

test("Escape discards, a second move is added to the first", async () => {
    onRpc("schedule_preview", ({ args }) => expect.step(Object.keys(args[0]).join()));
    await openSchedule();
    await settle();
    await dragBar(1, 1);
    await dragBar(2, 1);
    expect.verifySteps(["1", "1,2"]);
    const start = '.gantt_row[data-task-id="r1"] .gantt_cell:last-child';
    expect(start).toHaveText("03/11/2026 08:00");
    await press("Escape");
    await settle();
    expect(".o_schedule_effect").toHaveCount(0);
    expect(start).toHaveText("03/10/2026 08:00");
});

test("a move that the server refuses goes back, its message is shown", async () => {
    expect.errors(1);
    await openSchedule();
    onRpc("schedule_preview", () => {
        throw makeServerError({ message: "Drawings cannot be changed any more." });
    });
    await settle();
    const before = queryOne(bar(1)).style.left;
    await dragBar(1, 1);
    expect.verifyErrors(["Drawings cannot be changed any more."]);
    expect(".modal-body").toHaveText(/Drawings cannot be changed any more/);
    expect(queryOne(bar(1)).style.left).toBe(before);
    expect(".o_schedule_effect").toHaveCount(0);
});

test("what is read-only does not move, with the mouse or the keyboard", async () => {
    onRpc("schedule_preview", () => expect.step("preview"));
    await openSchedule();
    await settle();
    await dragBar(4, 1);
    await contains('.gantt_row[data-task-id="r4"] .gantt_cell').click();
    await press(["shift", "ArrowRight"]);
    await settle();
    expect.verifySteps([]);
});

test("keyboard: arrows select, Shift+arrow moves, + and - zoom, T goes to today, Enter opens the form", async () => {
    onRpc("schedule_preview", ({ args }) => expect.step(args[0][2].start));
    await openSchedule();
    await settle();
    await press("ArrowDown");
    await press("ArrowDown");
    await settle();
    expect(".gantt_row.gantt_selected .gantt_cell:first-child").toHaveText("Wiring");
    await press(["shift", "ArrowRight"]);
    await settle();
    expect.verifySteps(["2026-03-13 08:00:00"]);
    await press("Escape");
    await press("-");
    await settle();
    expect(".scale_button_selection").toHaveText("Month");
    await press("+");
    await settle();
    expect(".scale_button_selection").toHaveText("Week");
    await press("t");
    await settle();
    await press("Enter");
    await settle();
    expect(".modal .o_form_view").toHaveCount(1);
});

test("zooming keeps in sight what was looked at", async () => {
    await openSchedule();
    await settle();
    const place = () => Math.round(queryOne(".o_today").getBoundingClientRect().left);
    const before = place();
    for (const key of ["-", "-", "+", "+"]) {
        await press(key);
        await settle();
    }
    expect(".scale_button_selection").toHaveText("Week");
    expect(Math.abs(place() - before)).toBeLessThan(30);
});

test("typing in the search bar is not taken as a command", async () => {
    await openSchedule();
    await settle();
    await contains(".o_searchview_input").click();
    await keyDown("-");
    await settle();
    expect(".scale_button_selection").toHaveText("Week");
});

test("a double click opens the form", async () => {
    await openSchedule();
    await settle();
    queryOne(`${bar(1)} .gantt_task_content`).dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
    await settle();
    expect(".modal .o_form_view [name=name] input").toHaveValue("Drawings");
});

test("optional columns are chosen in the menu; Excel gets the items shown and all their dates", async () => {
    patchWithCleanup(download, {
        _download: (options) => {
            const { ids, fields, model } = JSON.parse(options.data.data);
            expect.step(
                [
                    options.url,
                    model,
                    ids.join(),
                    fields
                        .map((field) => field.name)
                        .slice(0, 5)
                        .join(),
                ].join(" ")
            );
        },
    });
    await openSchedule();
    await settle();
    expect(".gantt_grid_head_cell").toHaveCount(3);
    await contains(".o_schedule_columns").click();
    await contains(".dropdown-item:contains(Planned finish)").click();
    await settle();
    expect(".gantt_grid_head_cell").toHaveCount(4);
    await contains(".o_schedule_export").click();
    expect.verifySteps(["/web/export/xlsx item 1,2,3,4 display_name,kind,planned_start,planned_finish,baseline_start"]);
});

test("the printed pages hold every item, its bars and the arrows", async () => {
    await openSchedule();
    await settle();
    patchWithCleanup(HTMLIFrameElement.prototype, {
        set srcdoc(html) {
            expect.step("printed");
            const page = new DOMParser().parseFromString(html, "text/html");
            const texts = [...page.querySelectorAll("text")].map((text) => text.textContent);
            expect(texts).toInclude("Drawings");
            expect(texts).toInclude("Wiring");
            expect(page.querySelectorAll("section")).toHaveLength(1);
            expect(page.querySelectorAll("rect").length).toBeGreaterThan(3);
        },
    });
    await contains(".o_schedule_print").click();
    expect.verifySteps(["printed"]);
});

test("closing the browser with moves not saved is asked about", async () => {
    await openSchedule();
    await settle();
    const close = () => {
        const event = new Event("beforeunload", { cancelable: true });
        window.dispatchEvent(event);
        return event.defaultPrevented;
    };
    expect(close()).toBe(false);
    await dragBar(1, 1);
    expect(close()).toBe(true);
});

test("leaving with moves not saved is asked about", async () => {
    await mountWithCleanup(WebClient);
    const action = (name, type) => ({ type: "ir.actions.act_window", name, res_model: "item", views: [[false, type]] });
    await getService("action").doAction(action("Timeline", "schedule"));
    await settle();
    await dragBar(1, 1);
    getService("action").doAction(action("List", "list"));
    await settle();
    expect(".modal-body").toHaveText("Bars were moved and not saved. Leave without saving?");
    await contains(".modal .btn:contains(Stay)").click();
    await settle();
    expect(".o_schedule_effect").toHaveCount(1);
    getService("action").doAction(action("List", "list"));
    await settle();
    await contains(".modal .btn:contains(Discard and Leave)").click();
    await settle();
    expect(".o_list_view").toHaveCount(1);
});

test("an answer that a newer search has overtaken is dropped, and the toolbar stays alive", async () => {
    const slow = new Deferred();
    let reads = 0;
    onRpc("schedule_read", async ({ kwargs }) => {
        reads++;
        expect.step(kwargs.groupby.join() || "none");
        if (reads === 2) {
            await slow;
        }
    });
    await openSchedule();
    await settle();
    await press("-");
    await settle();
    await toggleSearchBarMenu();
    await toggleMenuItem("Kind");
    await settle();
    slow.resolve();
    await settle();
    expect.verifySteps(["none", "none", "kind"]);
    expect(names()).toEqual(["Design (2)", "Drawings", "Released", "Assembly (2)", "Wiring", "Frozen"]);
    await contains(".o_schedule_zoom_out").click();
    await settle();
    expect(".scale_button_selection").toHaveText("Quarter");
    expect.verifySteps(["kind"]);
});

test("the toolbar's buttons have names", async () => {
    await openSchedule();
    for (const button of queryAll(".o_schedule_toolbar button")) {
        expect(button.getAttribute("aria-label") || button.textContent.trim()).not.toBe("");
    }
});
