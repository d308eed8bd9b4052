import { reactive } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { callServer } from "@web_outbox/call";
import { forgetPage } from "@web_outbox/mount_page";
import { newUuid } from "@web_outbox/outbox";

/** Milliseconds that the person waits for an answer; after that the entry counts as queued, and scanning goes on. */
export const PATIENCE = 3000;
const MODEL = "scan.run";

const subjectOf = (run) => `${MODEL},${run}`;

/**
 * What is on the device: the flows, the run that is under way with the server's last answer, what waits, and what needs
 * the person. The server says what comes next; here nothing is decided.
 */
export class ScanDesk {
    constructor({ user, outbox, signals }) {
        Object.assign(this, { user, outbox, signals, store: outbox.store });
        this.keys = { state: `scan_${user}`, needs: `scan_needs_${user}` };
        this.refusal = ""; // why the server told nothing
        this.queued = new Set(); // entries that nobody waits for any more
        this.timers = new Set();
        outbox.keep = (entry, answer) => this.keepNeed(entry, answer);
        this.state = reactive({
            flows: [],
            run: null,
            message: null,
            pending: [],
            needs: [],
            others: 0,
            problem: "",
            isRead: false,
            isFresh: false,
        });
    }

    async start() {
        this.outbox.addEventListener("changed", () => this.look());
        this.outbox.addEventListener("answered", ({ detail }) => this.take(detail.entry, detail.answer));
        try {
            const kept = JSON.parse((await this.store.recall(this.keys.state)) || "{}");
            Object.assign(this.state, { flows: kept.flows || [], run: kept.run || null, isRead: Boolean(kept.flows) });
            await this.readNeeds();
            this.state.others = await this.store.countOthers(this.user);
            (await this.outbox.list()).forEach((entry) => this.queued.add(entry.uuid));
        } catch {
            // nothing is kept here, or nothing readable: the server says it anew
        }
        await this.look();
        this.outbox.start();
        this.onOnline = () => this.load();
        this.onShown = () => document.visibilityState === "visible" && this.readNeeds().catch(() => {});
        window.addEventListener("online", this.onOnline);
        document.addEventListener("visibilitychange", this.onShown); // another tab may have taken answers
        await this.load();
        this.state.isRead = true;
    }

    stop() {
        window.removeEventListener("online", this.onOnline);
        document.removeEventListener("visibilitychange", this.onShown);
        this.timers.forEach(clearTimeout);
        this.outbox.stop();
    }

    /** The flows that the person may use, with what waits in each. */
    async load() {
        const { result, problem } = await callServer("/scan/data");
        this.state.isFresh = !problem;
        this.refusal = problem && problem !== "offline" ? problem : "";
        if (result && result.user !== this.user) {
            return this.giveUp("other_user");
        }
        if (result) {
            this.state.flows = result.flows;
            await this.store.clearShelf(...Object.values(this.keys)).catch(() => {});
            await this.keep();
        }
        await this.look();
    }

    /** Somebody else is logged in, or nobody: this page shows nothing any more; what waits goes on waiting. */
    async giveUp(problem) {
        this.refusal = problem;
        Object.assign(this.state, { problem, flows: [], run: null, message: null, needs: [], isFresh: false });
        if (problem === "other_user") {
            await this.store.clearShelf("").catch(() => {});
        }
        await forgetPage("/scan");
    }

    flowOf(name) {
        return this.state.flows.find(({ flow }) => flow === name) || { flow: name, label: name };
    }

    get runOpen() {
        return this.state.run && !this.state.run.data?.finished;
    }

    /** What waits of a run, in order. */
    waitingOf(run) {
        return this.state.pending.filter((entry) => entry.state === "waiting" && entry.said.run === run);
    }

    isQueued(entry) {
        return this.queued.has(entry.uuid);
    }

    /** Begin a flow; a code that was scanned before one was chosen is its first scan. */
    async startRun(flow, value = null) {
        this.state.run = { id: newUuid(), flow, data: null };
        this.state.message = null;
        await this.say("start", value);
    }

    /** Leave the run; what is queued of it goes on its way. */
    async leaveRun() {
        this.state.run = null;
        this.state.message = null;
        await this.keep();
        await this.load();
    }

    async scan(value, symbology) {
        if (!this.state.run || this.state.run.data?.finished) {
            await this.startRun(this.state.run?.flow || "look_up");
        }
        await this.say("scan", value, symbology && { symbology });
    }

    /** A button is pressed once, however often it is touched. */
    async press(id) {
        const waiting = this.waitingOf(this.state.run.id);
        const last = waiting.at(-1)?.said.event;
        if (waiting.some((entry) => !this.isQueued(entry)) || (last?.kind === "press" && last.value === id)) {
            return;
        }
        await this.say("press", id);
    }

    /**
     * One event of the run: on the device, and on its way at once.
     *
     * @param {"start"|"scan"|"press"|"pick"|"quantity"|"text"|"photo"|"undo"} kind
     */
    async say(kind, value = null, more = {}, files = {}) {
        const { run, problem } = this.state;
        if (run.data?.offline === false && problem === "offline") {
            this.tell("error", _t("This step needs the network: nothing was kept. Try it again when it is back."));
            return;
        }
        const said = { run: run.id, flow: run.flow, event: { kind, value, ...more } };
        const entry = { model: MODEL, method: "outbox_step", subject: subjectOf(run.id), said, files };
        try {
            const { uuid } = await this.outbox.add(entry);
            if (problem) {
                this.queue(uuid);
            } else {
                const timer = setTimeout(() => this.queue(uuid), PATIENCE);
                this.timers.add(timer);
            }
        } catch (error) {
            this.tell("error", error.message);
        }
        await this.keep();
    }

    /** Nobody waits for its answer any more. */
    queue(uuid) {
        const entry = this.state.pending.find((other) => other.uuid === uuid);
        if (!this.queued.has(uuid) && (entry || this.state.problem)) {
            this.queued.add(uuid);
            this.state.message = null;
            this.signals.play("queued");
            this.state.pending = [...this.state.pending];
        }
    }

    tell(kind, text) {
        this.state.message = { kind, text };
        this.signals.play(kind);
    }

    /** The server's answer about an entry. */
    take(entry, { state, value, message }) {
        const { run } = this.state;
        const isCurrent = run?.id === entry.said.run;
        const isLive = !this.queued.delete(entry.uuid) && isCurrent;
        if (state !== "done") {
            this.tell("error", message);
            return;
        }
        if (isCurrent) {
            const { flow, state: step, data } = value;
            Object.assign(run, { flow, step, data });
        }
        if (isLive) {
            this.state.message = value.message;
            this.signals.play(value.message?.kind || "success");
        } else if (value.message?.kind === "error") {
            this.signals.play("warning");
        }
        this.keep();
        if (value.data.finished && !this.state.pending.length) {
            this.load();
        }
    }

    /** An error about something that was queued needs the person: it is on the disk before its entry is forgotten. */
    async keepNeed(entry, { state, value }) {
        const { run, uuid, event, flow } = { ...entry.said, uuid: entry.uuid };
        const isSeen = !this.queued.has(uuid) && this.state.run?.id === run;
        if (state !== "done" || value.message?.kind !== "error" || isSeen) {
            return;
        }
        const need = { uuid, run, flow, title: value.data.title, text: value.message.text, event, moment: entry.entered };
        await this.writeNeeds((needs) => [...needs.filter((other) => other.uuid !== uuid), need]);
    }

    /** The person has seen it. */
    acknowledge(uuid) {
        return this.writeNeeds((needs) => needs.filter((need) => need.uuid !== uuid));
    }

    async readNeeds() {
        this.state.needs = JSON.parse((await this.store.recall(this.keys.needs)) || "[]");
    }

    async writeNeeds(change) {
        await this.readNeeds().catch(() => {});
        this.state.needs = change(this.state.needs);
        await this.store.keep(this.keys.needs, JSON.stringify(this.state.needs)).catch(() => {});
    }

    /** What waits, and why; one look at a time. */
    look() {
        this.isAsked = true;
        this.looking ||= this.lookWhileAsked().finally(() => (this.looking = null));
        return this.looking;
    }

    async lookWhileAsked() {
        while (this.isAsked) {
            this.isAsked = false;
            const pending = await this.outbox.list().catch(() => []);
            const problem = this.outbox.problem || this.refusal || (this.state.isFresh || !this.state.isRead ? "" : "offline");
            if (problem) {
                pending.forEach((entry) => this.queued.add(entry.uuid));
            }
            Object.assign(this.state, { pending, problem });
            if (problem === "other_user" && this.state.flows.length) {
                await this.giveUp(problem);
            }
        }
    }

    async keep() {
        const { flows, run } = this.state;
        await this.store.keep(this.keys.state, JSON.stringify({ flows, run })).catch(() => {});
    }
}
