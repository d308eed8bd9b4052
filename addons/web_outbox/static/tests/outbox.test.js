import { afterEach, beforeEach, expect, test } from "@odoo/hoot";
import { advanceTime, mockFetch } from "@odoo/hoot-mock";
import { allowTranslations } from "@web/../tests/web_test_helpers";

import { DeviceStore } from "@web_outbox/device_store";
import { Outbox } from "@web_outbox/outbox";

let name, server, opened;

/** Does each entry once, whatever the network makes of its answer. */
class Server {
    constructor() {
        Object.assign(this, { user: 7, done: [], calls: [], answers: {}, refuse: {}, network: "up", status: 200 });
    }

    async fetch(url, { body }) {
        const { params } = JSON.parse(body);
        if (this.network === "thin" && params.entries.length > 1) {
            throw new DOMException("too slow", "AbortError");
        }
        if (this.network === "down") {
            throw new TypeError("Failed to fetch");
        }
        if (this.status !== 200) {
            return new Response("", { status: this.status });
        }
        this.calls.push(params.entries.map((entry) => entry.said.text));
        if (params.user !== this.user) {
            return { result: { user: this.user, answers: {} } };
        }
        if (params.entries.some((entry) => entry.said.text === this.failsOn)) {
            return { error: { code: 0, message: "Odoo Server Error" } };
        }
        const answers = {};
        for (const entry of params.entries) {
            answers[entry.uuid] = this.answers[entry.uuid] ||= this.do(entry);
        }
        if (this.network === "answers are lost") {
            throw new TypeError("Failed to fetch");
        }
        return { result: { user: this.user, answers } };
    }

    do({ said, subject }) {
        if (said.text in this.refuse) {
            return { state: "refused", message: "No", holds: this.refuse[said.text] };
        }
        this.done.push(said.text);
        return { state: "done", value: subject };
    }
}

function open(options) {
    const outbox = new Outbox({ user: 7, store: new DeviceStore(name), ...options });
    opened.push(outbox);
    return outbox;
}

const say = (outbox, text, more) =>
    outbox.add({ model: "m", method: "take", subject: "visit,1", said: { text }, ...more });

const waiting = async (outbox) => (await outbox.list()).map((entry) => entry.said.text);

beforeEach(() => {
    allowTranslations();
    name = `test_outbox_${Math.random()}`;
    server = new Server();
    opened = [];
    mockFetch((url, init) => server.fetch(url, init));
});

afterEach(async () => {
    for (const outbox of opened) {
        outbox.stop();
        await outbox.sending;
        await outbox.store.close();
    }
    indexedDB.deleteDatabase(name);
});

test("AFT-3: sent at once, in order, and forgotten when it is answered", async () => {
    const outbox = open();
    await Promise.all([say(outbox, "a"), say(outbox, "b"), say(outbox, "c")]);
    await outbox.send();
    expect(server.done).toEqual(["a", "b", "c"]);
    expect(await waiting(outbox)).toEqual([]);
    expect(outbox.problem).toBe("");
});

test("AFT-3: without network it is kept, survives a reload, and goes when the network is back", async () => {
    server.network = "down";
    const outbox = open();
    await say(outbox, "a");
    await say(outbox, "b");
    await outbox.send();
    expect(outbox.problem).toBe("offline");
    outbox.stop();
    const reopened = open();
    await reopened.start();
    expect(await waiting(reopened)).toEqual(["a", "b"]);
    server.network = "up";
    window.dispatchEvent(new Event("online"));
    await reopened.sending;
    expect(server.done).toEqual(["a", "b"]);
    expect(reopened.problem).toBe("");
});

test("AFT-3: tried again by itself, at growing intervals", async () => {
    server.network = "down";
    const outbox = open();
    await say(outbox, "a");
    await outbox.send();
    const failures = outbox.failures;
    await advanceTime(301000);
    await outbox.sending;
    expect(outbox.failures).toBeGreaterThan(failures);
    server.network = "up";
    await advanceTime(301000);
    await outbox.sending;
    expect(server.done).toEqual(["a"]);
});

test("AFT-3: an answer that is lost makes nothing twice", async () => {
    server.network = "answers are lost";
    const outbox = open();
    await say(outbox, "a");
    await outbox.send();
    expect(await waiting(outbox)).toEqual(["a"]);
    server.network = "up";
    await say(outbox, "b");
    await outbox.send();
    expect(server.calls.flat().filter((text) => text === "a").length).toBeGreaterThan(1);
    expect(server.done).toEqual(["a", "b"]);
});

test("AFT-3: two open tabs send what they share once", async () => {
    server.network = "down";
    const [one, two] = [open(), open()];
    await say(one, "a");
    await say(two, "b");
    await Promise.all([one.send(), two.send()]);
    server.network = "up";
    await Promise.all([one.send(), two.send()]);
    expect(server.done).toEqual(["a", "b"]);
    expect(await waiting(one)).toEqual([]);
});

test("AFT-3: at most 50 in one call", async () => {
    server.network = "down";
    const outbox = open();
    for (let index = 0; index < 60; index++) {
        await say(outbox, index);
    }
    await outbox.send();
    server.network = "up";
    await outbox.send();
    expect(server.calls.map((call) => call.length)).toEqual([50, 10]);
    expect(server.done.length).toBe(60);
});

test("AFT-3: what is refused is said; what is behind it waits until somebody decides", async () => {
    server.refuse = { b: true };
    server.network = "down";
    const outbox = open();
    for (const text of ["a", "b", "c"]) {
        await say(outbox, text);
    }
    await say(outbox, "of another", { subject: "visit,2" });
    await outbox.send();
    server.network = "up";
    const take = server.do;
    server.do = (entry) => (entry.said.text === "c" && server.refuse.b ? { state: "held" } : take.call(server, entry));
    await outbox.send();
    expect(server.done).toEqual(["a", "of another"]);
    const [refused] = await outbox.list();
    expect([refused.state, refused.message]).toEqual(["refused", "No"]);
    expect(await waiting(outbox)).toEqual(["b", "c"]);
    server.refuse = {};
    server.answers = {};
    await outbox.retry(refused);
    expect(server.done).toEqual(["a", "of another", "b", "c"]);
    expect(await waiting(outbox)).toEqual([]);
});

test("AFT-3: what the server fails on again and again keeps only its own document waiting", async () => {
    const outbox = open();
    server.failsOn = "b";
    server.network = "down";
    await say(outbox, "a");
    await say(outbox, "b");
    await say(outbox, "c");
    await say(outbox, "of another", { subject: "visit,2" });
    await outbox.send();
    server.network = "up";
    await outbox.send();
    expect(outbox.problem).toBe("server");
    expect(server.done).toEqual(["a"]);
    await outbox.send();
    await outbox.send();
    expect(server.done).toEqual(["a", "of another"]);
    const [refused] = await outbox.list();
    expect([refused.state, refused.holds]).toEqual(["refused", true]);
    expect(await waiting(outbox)).toEqual(["b", "c"]);
    server.failsOn = null;
    await outbox.retry(refused);
    expect(server.done).toEqual(["a", "of another", "b", "c"]);
});

test("AFT-3: over a thin line it goes one by one", async () => {
    server.network = "down";
    const outbox = open();
    await say(outbox, "a");
    await say(outbox, "b");
    await outbox.send();
    server.network = "thin";
    await outbox.send();
    expect(outbox.problem).toBe("offline");
    await outbox.send();
    expect(server.done).toEqual(["a", "b"]);
});

test("AFT-3: a login page is no network that failed", async () => {
    const outbox = open();
    server.status = 401;
    await say(outbox, "a");
    await outbox.send();
    expect(outbox.problem).toBe("logged_out");
    expect(await waiting(outbox)).toEqual(["a"]);
});

test("AFT-3: given up, what is behind it goes on", async () => {
    server.refuse = { a: true };
    const outbox = open();
    await say(outbox, "a");
    await outbox.send();
    await say(outbox, "b");
    await outbox.send();
    expect(server.done).toEqual([]);
    await outbox.drop((await outbox.list())[0]);
    expect(server.done).toEqual(["b"]);
});

test("AFT-3: another user's session sends nothing of mine", async () => {
    server.network = "down";
    await say(open(), "mine");
    server.network = "up";
    server.user = 8;
    const theirs = open({ user: 8 });
    await say(theirs, "theirs");
    await theirs.send();
    expect(server.done).toEqual(["theirs"]);
    const mine = open();
    await mine.send();
    expect(mine.problem).toBe("other_user");
    expect(await waiting(mine)).toEqual(["mine"]);
});

test("AFT-3: files go along; what is too large for the server is refused and named", async () => {
    const outbox = open();
    let said;
    const take = server.do;
    server.do = (entry) => ((said = entry.said), take.call(server, entry));
    await say(outbox, "a", { files: { photo: new Blob(["hello"]) } });
    await outbox.send();
    expect(said).toEqual({ text: "a", photo: btoa("hello") });
    server.status = 413;
    await say(outbox, "b");
    await outbox.send();
    const [refused] = await outbox.list();
    expect(refused.message).toBe("This is too large to be sent.");
});

test("AFT-3: a device that is full says so, and nothing is half kept", async () => {
    const outbox = open();
    const error = new DOMException("full", "QuotaExceededError");
    outbox.store.open = () => Promise.reject(error);
    await expect(say(outbox, "a")).rejects.toThrow(/This device has no room left/);
});

test("SCN-3: what has to be kept of an answer is on the disk before its entry is forgotten", async () => {
    const kept = [];
    const keep = async (entry, answer) => kept.push([entry.said.text, answer.state, await waiting(outbox)]);
    const outbox = open({ keep });
    await say(outbox, "a");
    await outbox.send();
    expect(kept).toEqual([["a", "done", ["a"]]]);
    expect(await waiting(outbox)).toEqual([]);
});

test("ARC-5: of what waits for others only their number is told", async () => {
    server.network = "down";
    const outbox = open();
    await say(outbox, "a");
    expect([await outbox.store.countOthers(7), await outbox.store.countOthers(8)]).toEqual([0, 1]);
});
