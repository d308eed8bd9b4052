import { afterEach, beforeEach, expect, getFixture, test } from "@odoo/hoot";
import { queryAllTexts, queryText } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, mockFetch } from "@odoo/hoot-mock";
import { mount } from "@odoo/owl";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { cookie } from "@web/core/browser/cookie";
import { appTranslateFn } from "@web/core/l10n/translation";
import { getTemplate } from "@web/core/templates";

import { DeviceStore } from "@web_outbox/device_store";
import { Outbox } from "@web_outbox/outbox";
import { ScanApp } from "@warehouse_scan/scan_app/scan_app";

const LINE = { id: 5, title: "Terminal block", code: "TB-1", place: "A-01", lot: "", note: "", done: 0, demand: 10, unit: "pcs", status: "open", current: true }; // prettier-ignore

let name, server, apps, played;

/** Counts what is scanned, each entry once; `X` is nobody's code. */
class Server {
    constructor() {
        Object.assign(this, { user: 7, events: [], calls: 0, answers: {}, network: "up", input: null, lines: [LINE] });
        this.message = null;
    }

    async fetch(url, { body }) {
        const { params } = JSON.parse(body);
        if (this.network === "down") {
            throw new TypeError("Failed to fetch");
        }
        if (this.network === "slow") {
            await this.arrives;
        }
        if (url === "/scan/data") {
            const flows = [
                { flow: "receive", label: "Receive", icon: "fa-x", count: 3 },
                { flow: "look_up", label: "Look Up", icon: "fa-x", count: null },
            ];
            return { result: { user: this.user, flows } };
        }
        if (url.startsWith("/web/dataset")) {
            return { result: { characters: [], understood: [{ label: "Product", value: "Block" }], message: "" } };
        }
        this.calls++;
        const answers = {};
        for (const { uuid, said } of params.user === this.user ? params.entries : []) {
            answers[uuid] = this.answers[uuid] ||= { state: "done", value: this.take(said) };
        }
        return { result: { user: this.user, answers } };
    }

    take({ run, flow, event }) {
        this.events.push([event.kind, event.value]);
        const isWrong = event.kind === "scan" && event.value === "X";
        const message = isWrong
            ? { kind: "error", text: "Nothing has the code X." }
            : { kind: "success", text: `${event.kind} ${event.value}` };
        const data = { title: "WH/IN/7", subtitle: "Supplier", expect: "Scan a product", offline: true, lines: this.lines, hidden: 0, input: this.input, buttons: [{ id: "done", label: "Book", kind: "primary", confirm: null }], facts: [], undo: true, finished: false }; // prettier-ignore
        return { run, flow, state: "lines", data, message };
    }
}

async function open() {
    const outbox = new Outbox({ user: 7, store: new DeviceStore(name) });
    const signals = { play: (kind) => played.push(kind) };
    const app = await mount(ScanApp, getFixture(), {
        getTemplate,
        translateFn: appTranslateFn,
        props: { user: 7, name: "Li", lang: "en-US", outbox, signals },
    });
    apps.push(app);
    await settle(app);
    return app;
}

/** Until nothing is on its way any more, however slow the machine is. */
async function settle({ desk }) {
    for (let quiet = 0; quiet < 3; ) {
        const under = [desk.outbox.sending, desk.loading, desk.looking, desk.keeping].filter(Boolean);
        await Promise.all([desk.last, ...under]);
        await animationFrame();
        quiet = under.length ? 0 : quiet + 1;
    }
}

const scan = (app, raw) => app.onScan({ raw, suffix: "Enter", duration: 9 });

async function tap(app, selector) {
    getFixture().querySelector(selector).click();
    await settle(app);
}

const sees = (text) => expect(getFixture().innerText).toInclude(text);

beforeEach(() => {
    allowTranslations();
    name = `test_scan_${Math.random()}`;
    [server, apps, played] = [new Server(), [], []];
    window.location.hash = "";
    cookie.set("outbox_user", "7");
    mockFetch((url, init) => server.fetch(url, init));
});

afterEach(async () => {
    for (const { desk, __owl__ } of apps) {
        __owl__.app.destroy();
        await desk.outbox.sending;
        await desk.store.close();
    }
    indexedDB.deleteDatabase(name);
});

test("SCN-1: the first page says what there is to do; a flow draws what the answer says", async () => {
    const app = await open();
    expect(queryAllTexts(".s_tile span")).toEqual(["Receive", "Look Up"]);
    expect(queryText(".s_tile .s_count")).toBe("3");
    await tap(app, ".s_tile[data-flow=receive]");
    expect(server.events).toEqual([["start", null]]);
    expect(queryText(".s_expect")).toBe("Scan a product");
    expect(queryText(".s_current h2")).toBe("Terminal block");
    expect(queryText(".s_head h1 span")).toBe("WH/IN/7");
    expect(queryText(".s_buttons")).toBe("Book");
});

test("SCN-1: a scan works before anything is chosen", async () => {
    const app = await open();
    await scan(app, "WH/IN/7");
    await settle(app);
    expect(server.events).toEqual([["start", null], ["scan", "WH/IN/7"]]); // prettier-ignore
    expect(queryText(".s_message")).toBe("scan WH/IN/7");
});

test("SCN-3: none overtakes another, not even while the first one begins its job", async () => {
    const app = await open();
    await Promise.all(["SHELF-A", "6901", "6902"].map((raw) => scan(app, raw)));
    await settle(app);
    expect(server.events.map(([, value]) => value)).toEqual([null, "SHELF-A", "6901", "6902"]);
});

test("SCN-3: scans that come while one waits go at once, in order (hotwax 1014)", async () => {
    const app = await open();
    await tap(app, ".s_tile[data-flow=receive]");
    let arrive;
    Object.assign(server, { network: "slow", arrives: new Promise((resolve) => (arrive = resolve)) });
    await Promise.all(["a", "a", "b"].map((raw) => scan(app, raw)));
    server.network = "up";
    arrive();
    await settle(app);
    expect(server.events.slice(1)).toEqual([["scan", "a"], ["scan", "a"], ["scan", "b"]]); // prettier-ignore
    expect(await app.desk.outbox.list()).toEqual([]);
});

test("SCN-4: wrong sounds different from right, and says why", async () => {
    const app = await open();
    await tap(app, ".s_tile[data-flow=receive]");
    await scan(app, "6901");
    await settle(app);
    expect(played.at(-1)).toBe("success");
    await scan(app, "X");
    await settle(app);
    expect(played.at(-1)).toBe("error");
    expect(queryText(".s_message.s_is_error")).toBe("Nothing has the code X.");
    expect(app.desk.state.needs).toEqual([]);
});

test("SCN-3: without network it goes on; what fails later needs the person, through a reload", async () => {
    let app = await open();
    await tap(app, ".s_tile[data-flow=receive]");
    server.network = "down";
    await scan(app, "a");
    await settle(app);
    await scan(app, "X");
    await settle(app);
    sees("No network. 2 entries wait on this device");
    sees("2 kept on this device, not checked yet");
    expect(played.at(-1)).toBe("queued");
    apps.pop().__owl__.app.destroy();
    app = await open();
    expect(queryText(".s_current h2")).toBe("Terminal block");
    sees("2 entries wait on this device");
    server.network = "up";
    window.dispatchEvent(new Event("online"));
    await settle(app);
    expect(server.events.slice(1)).toEqual([["scan", "a"], ["scan", "X"]]); // prettier-ignore
    expect(queryText(".s_chip")).toBe("1 open");
    app.go("needs");
    await settle(app);
    expect(queryText(".s_need .s_code")).toBe("X");
    sees("Nothing has the code X.");
    await tap(app, ".s_seen");
    expect(queryText(".s_chip")).toBe("All sent");
});

test("SCN-3: after three seconds nobody waits any more", async () => {
    const app = await open();
    await tap(app, ".s_tile[data-flow=receive]");
    let arrive;
    Object.assign(server, { network: "slow", arrives: new Promise((resolve) => (arrive = resolve)) });
    await scan(app, "a");
    await advanceTime(3100);
    await animationFrame();
    expect(queryText(".s_message")).toBe("1 kept on this device, not checked yet");
    arrive();
    await settle(app);
    expect(getFixture().querySelector(".s_queue")).toBe(null);
});

test("SCN-1: how many by the keypad, always there; typed and not taken yet comes before the next scan", async () => {
    server.input = { id: 5, kind: "quantity", label: "How many", value: 1, unit: "pcs", choices: [] };
    const app = await open();
    await tap(app, ".s_tile[data-flow=receive]");
    for (const key of ["1", "2", "."]) {
        await tap(app, `.s_keys [data-key="${key}"]`);
    }
    await tap(app, '.s_keys [data-key="5"]');
    expect(queryText(".s_typed b")).toBe("12.5");
    await scan(app, "LOT-2");
    await settle(app);
    expect(server.events.slice(1)).toEqual([["quantity", 12.5], ["scan", "LOT-2"]]); // prettier-ignore
    expect(queryText(".s_typed b")).toBe("1");
    app.onTyped({ text: "40", isDone: true });
    await settle(app);
    expect(server.events.at(-1)).toEqual(["quantity", 40]);
});

test("SCN-1: a quantity is changed by touching it, asked or not; a code is no quantity", async () => {
    const app = await open();
    await tap(app, ".s_tile[data-flow=receive]");
    await tap(app, ".s_amount");
    app.onTyped({ text: "6901234567892", isDone: true });
    await settle(app);
    sees("This is no quantity.");
    expect(server.events.length).toBe(1);
    await tap(app, ".s_cancel");
    expect(getFixture().querySelector(".s_pad")).toBe(null);
});

test("SCN-1: touched twice is pressed once; undo", async () => {
    const app = await open();
    await tap(app, ".s_tile[data-flow=receive]");
    let arrive;
    Object.assign(server, { network: "slow", arrives: new Promise((resolve) => (arrive = resolve)) });
    const button = getFixture().querySelector(".s_buttons button");
    button.click();
    button.click();
    await app.desk.last;
    button.click();
    await app.desk.last;
    Object.assign(server, { network: "up" });
    arrive();
    await settle(app);
    expect(server.events.filter(([kind]) => kind === "press").length).toBe(1);
    await tap(app, ".s_undo");
    expect(server.events.at(-1)).toEqual(["undo", null]);
});

test("ARC-5: somebody else's session sees nothing of mine, and sends nothing of mine", async () => {
    const app = await open();
    await tap(app, ".s_tile[data-flow=receive]");
    server.user = 8;
    await scan(app, "a");
    await settle(app);
    sees("Somebody else is logged in");
    expect(getFixture().querySelector(".s_current")).toBe(null);
    expect((await app.desk.outbox.list()).length).toBe(1);
    expect(server.events.length).toBe(1);
    await scan(app, "b");
    await settle(app);
    expect(played.at(-1)).toBe("error");
    expect((await app.desk.outbox.list()).length).toBe(1);
});

test("ARC-5: a page that was kept of somebody who is logged in no more shows nothing without network", async () => {
    const first = await open();
    await tap(first, ".s_tile[data-flow=receive]");
    cookie.set("outbox_user", "8");
    server.network = "down";
    const next = await open();
    expect(next.desk.state.run).toBe(null);
    sees("You are logged out");
});

test("SCN-3: a device that is full says so at once", async () => {
    const app = await open();
    await tap(app, ".s_tile[data-flow=receive]");
    await app.desk.store.close();
    app.desk.store.open = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
    await scan(app, "a");
    await settle(app);
    sees("This device has no room left");
    expect(played.at(-1)).toBe("error");
});

test("SCN-2: the self-test shows what the device sends, character by character", async () => {
    const app = await open();
    app.go("test");
    await settle(app);
    await scan(app, "01\x1d1#");
    await settle(app);
    expect(queryAllTexts(".s_characters b")).toEqual(["0", "1", "GS", "1", "#"]);
    expect(queryAllTexts(".s_characters small").slice(2)).toEqual(["1D", "31", "23"]);
    expect(queryText(".s_facts dd")).toBe("Block");
    expect(server.events).toEqual([]);
});
