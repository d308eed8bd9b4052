import { afterEach, beforeEach, expect, getFixture, test } from "@odoo/hoot";
import { advanceTime, freezeTime } from "@odoo/hoot-mock";

import { Wedge } from "@warehouse_scan/wedge";

let wedge, scans, typed, clock;

/** Hit a key so many milliseconds after the last one; a field takes it where nobody prevents it. */
async function hit(key, { gap = 5, target = getFixture(), ...more } = {}) {
    await advanceTime(gap);
    clock += gap;
    const ev = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
    target.dispatchEvent(ev);
    if (!ev.defaultPrevented && key.length === 1 && "value" in target) {
        target.setRangeText(key, target.selectionStart, target.selectionEnd, "end");
        target.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return ev;
}

async function type(keys, options) {
    let ev;
    for (const key of keys) {
        ev = await hit(key, options);
    }
    return ev;
}

function makeField(value = "") {
    const field = document.createElement("input");
    field.value = value;
    getFixture().append(field);
    field.focus();
    field.setSelectionRange(value.length, value.length);
    return field;
}

beforeEach(() => {
    freezeTime(); // the time of the test is the scanner's, however busy the machine is
    localStorage.removeItem("scan_suffix");
    [scans, typed, clock] = [[], [], 1000];
    wedge = new Wedge({
        target: getFixture(),
        onScan: ({ raw, suffix }) => scans.push([raw, suffix]),
        onTyped: ({ text, isDone }) => typed.push([text, isDone]),
    });
    wedge.timeOf = () => clock;
    wedge.start();
});

afterEach(() => wedge.stop());

test("SCN-2: a code ends with Enter, with Tab, or with silence", async () => {
    await type([..."6901234567892", "Enter"]);
    await type([..."LOT-7", "Tab"]);
    expect(scans).toEqual([
        ["6901234567892", "Enter"],
        ["LOT-7", "Tab"],
    ]);
    await type("ABC-1");
    await advanceTime(600);
    expect(scans.at(-1)).toEqual(["ABC-1", ""]);
    expect(typed).toEqual([]);
});

test("SCN-2: a code of one or two characters is a code", async () => {
    await type(["7", "Enter"]);
    await type(["1", "#", "Enter"]);
    await type(["2", "#"]);
    await advanceTime(600);
    expect(scans.map(([raw]) => raw)).toEqual(["7", "1#", "2#"]);
});

test("SCN-2: two codes that follow each other are two", async () => {
    await type([..."111", "Enter", ..."111", "Enter"]);
    expect(scans.map(([raw]) => raw)).toEqual(["111", "111"]);
});

test("SCN-2: separators as Ctrl+] and as Alt with a number, a prefix of DataWedge, Chinese", async () => {
    await type("01069");
    await hit("]", { ctrlKey: true });
    await type([..."10A", "Enter"]);
    await type("21");
    await type("0029", { altKey: true });
    getFixture().dispatchEvent(new KeyboardEvent("keyup", { key: "Alt", bubbles: true }));
    await type([..."99", "Enter"]);
    await hit("b", { ctrlKey: true });
    await type([..."配电柜", "Enter"]);
    expect(scans.map(([raw]) => raw)).toEqual(["01069\x1d10A", "21\x1d99", "\x02配电柜"]);
});

test("SCN-2: Shift and other keys are no characters; shortcuts stay", async () => {
    await type(["Shift", "A", "Shift", "B", "Enter"]);
    expect(scans).toEqual([["AB", "Enter"]]);
    const ev = await hit("c", { ctrlKey: true });
    expect(ev.defaultPrevented).toBe(false);
});

test("SCN-2: a scan never lands in the field that has the focus (OCA 2648)", async () => {
    const field = makeField("12");
    const ev = await type([..."6901234567892", "Enter"], { target: field });
    expect(scans).toEqual([["6901234567892", "Enter"]]);
    expect(field.value).toBe("12");
    expect(ev.defaultPrevented).toBe(true);
    await type("6901234567892", { target: field });
    await advanceTime(600);
    expect(scans.length).toBe(2);
    expect(field.value).toBe("12");
});

test("SCN-2: in a field hands type as always, fast fingers too", async () => {
    const field = makeField("");
    await type("kabel", { target: field, gap: 160 });
    await type("to", { target: field, gap: 30 });
    await hit("p", { target: field, gap: 300 });
    const ev = await hit("Enter", { target: field, gap: 200 });
    expect(field.value).toBe("kabeltop");
    expect(ev.defaultPrevented).toBe(false);
    expect(scans).toEqual([]);
});

test("SCN-2: what is typed by hand without a field goes on as typed", async () => {
    await hit("4");
    await advanceTime(600);
    await type(["1", "2"], { gap: 140 });
    await hit("Enter", { gap: 140 });
    expect(typed).toEqual([
        ["4", false],
        ["12", true],
    ]);
    expect(scans).toEqual([]);
});

test("SCN-2: Enter of a scan presses no button that has the focus", async () => {
    const button = document.createElement("button");
    getFixture().append(button);
    button.focus();
    const ev = await type([..."4711", "Enter"], { target: button });
    expect(ev.defaultPrevented).toBe(true);
    expect(scans).toEqual([["4711", "Enter"]]);
});

test("SCN-2: a scanner that types without keys (Android) is caught", async () => {
    wedge.makeCatcher();
    wedge.catcher.value = "6901234";
    wedge.catcher.dispatchEvent(new Event("input"));
    await advanceTime(600);
    expect(scans).toEqual([["6901234", ""]]);
    expect(wedge.catcher.value).toBe("");
});
