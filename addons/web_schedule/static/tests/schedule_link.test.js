import { describe, expect, test } from "@odoo/hoot";
import { press, queryAll, queryOne } from "@odoo/hoot-dom";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import { contains, makeServerError, onRpc } from "@web/../tests/web_test_helpers";

import { openSchedule, setUpSchedule } from "./schedule_helpers";

describe.current.tags("desktop");
setUpSchedule();

const bar = (id) => `.gantt_task_line[data-task-id="r${id}"]`;

async function settle() {
    await animationFrame();
    await runAllTimers();
    await animationFrame();
}

/** Draw a line from the start or the end of a bar to another bar, or to where there is none. */
async function drawLink(id, end, target) {
    const control = queryOne(`${bar(id)} .gantt_link_control.task_${end}_date .gantt_link_point`);
    const element = target ? queryOne(bar(target)) : queryOne(".gantt_task_bg");
    const { x, y } = element.getBoundingClientRect();
    const at = { bubbles: true, cancelable: true, clientX: x + 4, clientY: y + 4, button: 0 };
    control.dispatchEvent(new MouseEvent("mousedown", at));
    element.dispatchEvent(new MouseEvent("mousemove", at));
    const drawn = {
        isLine: Boolean(document.querySelector(".o_schedule_arrows .o_draft")),
        label: document.querySelector(".o_schedule_drag_label.o_shown")?.textContent,
        isMarked: Boolean(document.querySelector(".o_link_target")),
    };
    element.dispatchEvent(new MouseEvent("mouseup", at));
    await settle();
    return drawn;
}

function listen() {
    onRpc("schedule_link", ({ args }) => expect.step(`link ${args.join()}`));
    onRpc("schedule_unlink", ({ args }) => expect.step(`unlink ${args.join()}`));
    onRpc("schedule_preview", () => expect.step("preview"));
    onRpc("schedule_move", () => expect.step("move"));
    onRpc("write", () => expect.step("write"));
}

test("from the end of a bar: finish to start, from its start: start to start; one write each, Ctrl+Z takes it back", async () => {
    listen();
    await openSchedule();
    await settle();
    const drawn = await drawLink(2, "end", 3);
    expect(drawn).toEqual({ isLine: true, label: "Wiring → Released (finish to start)", isMarked: true });
    expect.verifySteps(["link 2,3,fs"]);
    expect(".o_notification_content").toHaveText("Linked: Wiring → Released. Moves along: Released.");
    expect(".o_draft, .o_link_target, .o_schedule_drag_label.o_shown").toHaveCount(0);
    expect((await drawLink(1, "start", 4)).label).toBe("Drawings → Frozen (start to start)");
    expect.verifySteps(["link 1,4,ss"]);
    await press(["ctrl", "z"]);
    await settle();
    expect.verifySteps(["unlink 8"]);
});

test("dropped on the bar itself or beside one: nothing is written", async () => {
    listen();
    await openSchedule();
    await settle();
    expect(await drawLink(1, "end", 1)).toEqual({ isLine: true, label: undefined, isMarked: false });
    expect((await drawLink(1, "end", null)).isLine).toBe(true);
    expect(".o_draft").toHaveCount(0);
    expect.verifySteps([]);
});

test("a circle is refused by the server, its message is shown, nothing stays of the line", async () => {
    expect.errors(1);
    onRpc("schedule_link", () => {
        throw makeServerError({ message: "These items wait for each other: Drawings → Wiring → Drawings." });
    });
    await openSchedule();
    await settle();
    await drawLink(2, "end", 1);
    expect.verifyErrors(["These items wait for each other: Drawings → Wiring → Drawings."]);
    expect(".modal-body").toHaveText(/Drawings → Wiring → Drawings/);
    expect(".o_draft").toHaveCount(0);
    expect(".o_schedule_undo").toHaveAttribute("disabled");
});

test("a click on an arrow takes it away, after a question", async () => {
    listen();
    await openSchedule();
    await settle();
    const hit = () =>
        queryOne(".o_schedule_link.o_removable .o_hit").dispatchEvent(new MouseEvent("click", { bubbles: true }));
    hit();
    await settle();
    expect(".modal-body").toHaveText(/Drawings → Wiring/);
    await contains(".modal .btn:contains(Cancel)").click();
    expect.verifySteps([]);
    hit();
    await settle();
    await contains(".modal .btn:contains(Remove)").click();
    await settle();
    expect.verifySteps(["unlink 7"]);
});

test("moves that are not saved come first: no link meanwhile", async () => {
    listen();
    await openSchedule();
    await settle();
    await contains('.gantt_row[data-task-id="r1"] .gantt_cell').click();
    await press(["shift", "ArrowRight"]);
    await settle();
    expect.verifySteps(["preview"]);
    expect((await drawLink(2, "end", 3)).isLine).toBe(false);
    queryOne(".o_schedule_link .o_hit").dispatchEvent(new MouseEvent("click", { bubbles: true }));
    await settle();
    expect(".modal").toHaveCount(0);
    expect.verifySteps([]);
});

test("who may not link has nothing to take hold of", async () => {
    onRpc("schedule_read", async ({ parent }) => ({ ...(await parent()), can_link: false }));
    await openSchedule();
    await settle();
    expect(queryAll(".gantt_link_control")).toHaveLength(0);
    expect(".o_schedule_link").toHaveCount(1);
    expect(".o_schedule_link.o_removable").toHaveCount(0);
});
