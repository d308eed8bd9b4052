import { _t } from "@web/core/l10n/translation";

import { DeviceStore, DeviceStoreError } from "./device_store";

/** Of one call to the server. */
const MOST_ENTRIES = 50;
const MOST_BYTES = 4 * 2 ** 20;
/** Seconds until the next attempt; the last one stays. */
const WAITS = [5, 15, 60, 300];
/** After so many errors of the server about one entry, what is behind it waits no longer. */
const MOST_FAILURES = 3;

export function newUuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is missing without https
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function toBase64(blob) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(blob);
    });
}

const sizeOf = (entry) => Object.values(entry.files).reduce((sum, file) => sum + file.size, 0);

/**
 * What a person enters, kept on the device until the server has answered it, and sent exactly once, in order.
 *
 * Events: `changed` (what waits, or why), `answered` (detail: entry and answer).
 */
export class Outbox extends EventTarget {
    /**
     * @param {Object} options
     * @param {number} options.user whose page it is; entries of others stay where they are
     * @param {DeviceStore} [options.store] two pages that take different answers have a store each
     * @param {number[]} [options.waits] seconds until the next attempt; the last one stays
     * @param {(entry: Object, answer: Object) => Promise} [options.keep] brings to the disk what has to be kept of an
     *     answer, before its entry is forgotten; where the device stops in between, it is called again
     */
    constructor({ user, store = new DeviceStore(), url = "/web_outbox/send", timeout = 60000, waits = WAITS, keep }) {
        super();
        Object.assign(this, { user, store, url, timeout, waits, keep });
        this.problem = ""; // "offline", "server", "logged_out" or "other_user"
        this.failures = 0;
        this.most = MOST_ENTRIES;
        this.sending = null;
        this.isAsked = false;
        this.onOnline = () => this.send();
        this.onShown = () => document.visibilityState === "visible" && this.send();
    }

    /** Send what an earlier visit of the page has left, and from now on whenever there is a chance. */
    start() {
        window.addEventListener("online", this.onOnline);
        document.addEventListener("visibilitychange", this.onShown);
        navigator.storage?.persist?.().catch(() => {}); // the browser then deletes nothing by itself
        return this.send();
    }

    stop() {
        window.removeEventListener("online", this.onOnline);
        document.removeEventListener("visibilitychange", this.onShown);
        clearTimeout(this.timer);
        this.isStopped = true;
    }

    /**
     * Keep an entry; when the promise is kept, it is on the device.
     *
     * @param {Object} entry
     * @param {string} entry.model
     * @param {string} entry.method declared by `outbox_method` on the server
     * @param {string} entry.subject the document that it is about
     * @param {Object} entry.said what the method takes
     * @param {Object<string, Blob>} [entry.files] come in `said` as base64
     * @throws {DeviceStoreError} with a clear word, where the device has no room
     */
    async add({ model, method, subject, said, files = {} }) {
        const entry = { uuid: newUuid(), user: this.user, model, method, subject, said, files, entered: Date.now() };
        try {
            entry.number = await this.store.add({ ...entry, state: "waiting" });
        } catch (error) {
            error.message = error.isFull
                ? _t("This device has no room left: nothing was kept. Delete photos or apps, then enter it again.")
                : _t(
                      "This browser keeps nothing on the device: nothing was kept. Leave its private mode, or use another."
                  );
            throw error;
        }
        this.changed();
        this.send();
        return entry;
    }

    /** What is not taken in yet: entries that wait, and those that were refused. */
    list() {
        return this.store.list(this.user);
    }

    /** Send a refused entry once more; it is a new one for the server, however old it is. */
    async retry(entry) {
        const anew = { uuid: newUuid(), state: "waiting", message: "", holds: false, failures: 0, again: true };
        await this.store.put({ ...entry, ...anew });
        return this.send();
    }

    /** Give a refused entry up: what waits behind it goes on. */
    async drop(entry) {
        await this.store.remove(entry.number);
        return this.send();
    }

    /** Send all that waits; a second call while it is on its way makes it look once more. */
    send() {
        clearTimeout(this.timer);
        this.isAsked = true;
        this.sending ||= this.sendWhileAsked().finally(() => (this.sending = null));
        return this.sending;
    }

    async sendWhileAsked() {
        while (this.isAsked && !this.isStopped) {
            this.isAsked = false;
            if (navigator.locks) {
                await navigator.locks.request(`${this.store.name}_${this.user}`, () => this.sendAll()); // one tab at a time
            } else {
                await this.sendAll();
            }
        }
    }

    async sendAll() {
        this.changed();
        for (let batch; (batch = await this.nextBatch()).length; ) {
            const problem = await this.sendBatch(batch);
            if (problem) {
                return this.postpone(problem);
            }
        }
        this.failures = 0;
        this.most = MOST_ENTRIES;
        if (this.problem) {
            this.problem = "";
            this.changed();
        }
    }

    /** The oldest entries; what is behind a refused one about the same subject waits for a decision. */
    async nextBatch() {
        const entries = await this.list();
        const refused = entries.filter((entry) => entry.state === "refused" && entry.holds);
        const held = new Set(refused.map((entry) => entry.subject));
        const batch = [];
        let bytes = 0;
        for (const entry of entries) {
            if (entry.state === "waiting" && !(entry.subject && held.has(entry.subject))) {
                bytes += sizeOf(entry);
                if (batch.length && (batch.length >= this.most || bytes > MOST_BYTES)) {
                    break;
                }
                batch.push(entry);
            }
        }
        return batch;
    }

    /** @returns {Promise<string>} what was in the way; empty where nothing was */
    async sendBatch(batch) {
        let response, result;
        try {
            response = await this.post(batch);
            if (response.status === 413) {
                return this.shrink(batch);
            }
            if (response.redirected || response.status === 401) {
                return "logged_out"; // a proxy or a login page answers, in HTML
            }
            result = response.ok ? await response.json() : {};
        } catch (error) {
            if (error.name === "AbortError") {
                this.most = 1; // less at once gets through a thin line
            }
            return "offline"; // nobody knows whether it has arrived: it is sent again, and answered as the first time
        }
        if (result.error) {
            return result.error.code === 100 ? "logged_out" : this.isolate(batch);
        }
        if (!result.result) {
            return "server";
        }
        if (result.result.user !== this.user) {
            return "other_user";
        }
        const answered = await this.takeAnswers(batch, result.result.answers);
        return answered ? "" : "server";
    }

    async post(batch) {
        const entries = [];
        for (const { uuid, number, model, method, subject, said, files, entered, again } of batch) {
            const read = {};
            for (const [name, file] of Object.entries(files)) {
                read[name] = await toBase64(file);
            }
            entries.push({ uuid, number, model, method, subject, entered, again, said: { ...said, ...read } });
        }
        const params = { user: this.user, now: Date.now(), entries };
        const abort = new AbortController();
        const timer = setTimeout(() => abort.abort(), this.timeout);
        try {
            return await fetch(this.url, {
                method: "POST",
                headers: { "Content-Type": "application/json" },
                body: JSON.stringify({ jsonrpc: "2.0", method: "call", params }),
                signal: abort.signal,
            });
        } finally {
            clearTimeout(timer);
        }
    }

    /** Too large for the server: one by one; a single one is refused on the spot. */
    async shrink(batch) {
        this.most = 1;
        if (batch.length === 1) {
            const message = _t("This is too large to be sent.");
            await this.takeAnswers(batch, { [batch[0].uuid]: { state: "refused", holds: true, message } });
        }
        return "";
    }

    /** The server is there and fails: one by one, and what it fails on again and again keeps nothing else waiting. */
    async isolate(batch) {
        this.most = 1;
        const [entry] = batch;
        if (batch.length > 1) {
            return "";
        }
        const failures = (entry.failures || 0) + 1;
        if (failures < MOST_FAILURES) {
            await this.store.put({ ...entry, failures });
            return "server";
        }
        const message = _t("The server fails on this. Try it again later, or tell your administrator.");
        await this.takeAnswers(batch, { [entry.uuid]: { state: "refused", holds: true, message } });
        return "";
    }

    /** @returns {Promise<number>} how many were answered for good */
    async takeAnswers(batch, answers) {
        let answered = 0;
        for (const entry of batch) {
            const answer = answers[entry.uuid] || { state: "held" };
            if (answer.state === "held") {
                continue;
            }
            answered++;
            await this.keep?.(entry, answer);
            if (answer.state === "done") {
                await this.store.remove(entry.number);
            } else {
                await this.store.put({ ...entry, state: "refused", message: answer.message, holds: answer.holds });
            }
            this.dispatchEvent(new CustomEvent("answered", { detail: { entry, answer } }));
        }
        this.changed();
        return answered;
    }

    postpone(problem) {
        this.problem = problem;
        if (!this.isStopped && ["offline", "server"].includes(problem)) {
            const wait = this.waits[Math.min(this.failures++, this.waits.length - 1)];
            clearTimeout(this.timer);
            this.timer = setTimeout(() => this.send(), wait * 1000);
        }
        this.changed();
    }

    changed() {
        this.dispatchEvent(new Event("changed"));
    }
}

export { DeviceStoreError };
