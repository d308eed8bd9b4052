import { reactive } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { callServer } from "@web_outbox/call";
import { forgetPage } from "@web_outbox/mount_page";
import { newUuid } from "@web_outbox/outbox";

/** Milliseconds that the person waits for an answer; after that the entry counts as queued, and scanning goes on. */
export const PATIENCE = 3000;
const MODEL = "scan.run";
const LOOK_UP = "look_up";
/** What is more is a code that was read as a quantity. */
const MOST = 1e7;
/** What was left unfinished and can be gone on with. */
const MOST_RUNS = 5;

/** Of what is typed; null where it is no quantity. */
function toNumber(text) {
    const number = Number(text.replace(/[,，。]/, "."));
    return text.trim() && Number.isFinite(number) && number >= 0 && number < MOST ? number : null;
}

const subjectOf = (run) => `${MODEL},${run}`;

/**
 * What is on the device: the flows, the run that is under way with the server's last answer, what waits, and what needs
 * the person. The server says what comes next; here nothing is decided.
 */
export class ScanDesk {
    constructor({ user, outbox, signals, companies = [], flows = [] }) {
        Object.assign(this, { user, outbox, signals, companies, store: outbox.store });
        this.keys = { state: `scan_${user}`, needs: `scan_needs_${user}` };
        this.refusal = ""; // why the server told nothing
        this.queued = new Set(); // entries that nobody waits for any more
        this.timers = new Set();
        outbox.keep = (entry, answer) => this.keepNeed(entry, answer);
        this.state = reactive({
            flows, // as the page has brought them, however old it is
            runs: [],
            run: null, // one of the runs
            draft: null, // what is typed and not taken yet: {kind, target, text, isTouched, label, unit}
            message: null,
            pending: [],
            needs: [],
            others: 0,
            company: false, // that the person works in, where there are several
            problem: "",
            isRead: Boolean(flows.length),
            isFresh: Boolean(flows.length),
        });
        this.state.company = companies[0]?.id || false;
    }

    async start() {
        this.outbox.addEventListener("changed", () => this.look());
        this.outbox.addEventListener("answered", ({ detail }) => this.take(detail.entry, detail.answer));
        try {
            const kept = JSON.parse((await this.store.recall(this.keys.state)) || "{}");
            const { flows = [], runs = [], current, company } = kept;
            Object.assign(this.state, { flows: this.state.flows.length ? this.state.flows : flows, runs });
            this.state.isRead ||= Boolean(kept.flows);
            this.state.company = this.companies.some(({ id }) => id === company) ? company : this.state.company;
            this.state.run = runs.find(({ id }) => id === current) || null;
            this.syncDraft();
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
        [...this.timers, this.retry].forEach(clearTimeout);
        this.outbox.stop();
    }

    /** The flows that the person may use, with what waits in each. */
    load() {
        this.loading ||= this.loadOnce().finally(() => (this.loading = null));
        return this.loading;
    }

    async loadOnce() {
        const { result, problem } = await callServer("/scan/data", { company: this.state.company });
        this.state.isFresh = !problem;
        if (problem) {
            clearTimeout(this.retry);
            this.retry = setTimeout(() => this.load(), 15000);
        }
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
        Object.assign(this.state, {
            problem,
            flows: [],
            runs: [],
            run: null,
            message: null,
            draft: null,
            needs: [],
            isFresh: false,
        });
        if (problem === "other_user") {
            await this.store.clearShelf("").catch(() => {});
        }
        await forgetPage("/scan");
    }

    /** Work in another company from now on; what was begun stays in its own. */
    async chooseCompany(id) {
        this.state.company = id;
        await this.keep();
        await this.load();
    }

    flowOf(name) {
        return this.state.flows.find(({ flow }) => flow === name) || { flow: name, label: name };
    }

    /** What waits of a run, in order. */
    waitingOf(run, pending = this.state.pending) {
        return pending.filter((entry) => entry.state === "waiting" && entry.said.run === run);
    }

    isQueued(entry) {
        return this.queued.has(entry.uuid);
    }

    /** Begin a flow; a code that was scanned before one was chosen is its first scan. */
    async startRun(flow, value = null) {
        this.forgetDone();
        this.state.runs.unshift({ id: newUuid(), flow, data: null, moment: Date.now() });
        this.state.runs.splice(MOST_RUNS);
        Object.assign(this.state, { run: this.state.runs[0], message: null, draft: null });
        await this.say("start", value);
    }

    /** Go on with a run that was left. */
    async resumeRun(id) {
        this.state.run = this.state.runs.find((run) => run.id === id) || null;
        Object.assign(this.state, { message: null, draft: null });
        this.syncDraft();
        await this.keep();
    }

    /** Leave the run; what is queued of it goes on its way, and what is not finished can be gone on with. */
    async leaveRun() {
        this.forgetDone();
        Object.assign(this.state, { run: null, message: null, draft: null });
        await this.keep();
        await this.load();
    }

    /** Nobody goes on with what is finished, or was only looked up. */
    forgetDone() {
        const { run, runs } = this.state;
        if (run && (run.flow === LOOK_UP || run.data?.finished)) {
            this.state.runs = runs.filter(({ id }) => id !== run.id);
        }
    }

    async scan(value, symbology) {
        if (!this.state.run) {
            const { flows } = this.state;
            const isAllowed = !flows.length || flows.some(({ flow }) => flow === LOOK_UP);
            await this.startRun(isAllowed ? LOOK_UP : flows[0].flow);
        }
        await this.takeDraft(); // what is typed belongs to what was scanned before: it comes first
        await this.say("scan", value, symbology ? { symbology } : {});
    }

    /** The answer asks for a quantity or a text: a place to type it, which keeps what is typed already. */
    syncDraft() {
        const { run, draft } = this.state;
        const input = run?.data?.input;
        const isAsked = input && ["quantity", "text"].includes(input.kind);
        if (draft?.isTouched && draft.run === run?.id && (draft.isOwn || (isAsked && draft.target === input.id))) {
            return;
        }
        this.state.draft = isAsked
            ? { run: run.id, kind: input.kind, target: input.id, text: `${input.value ?? ""}`, isTouched: false, label: input.label, unit: input.unit } // prettier-ignore
            : null;
    }

    /** The person wants to say how many, whether asked or not. */
    openQuantity(line) {
        this.state.draft = {
            run: this.state.run.id,
            kind: "quantity",
            target: line.id,
            text: `${line.done ?? ""}`,
            isTouched: false,
            isOwn: true,
            label: line.title,
            unit: line.unit,
        };
    }

    closeQuantity() {
        this.state.draft = null;
        this.syncDraft();
    }

    /** Take what is typed, if anything is. */
    async takeDraft({ isAsked = false } = {}) {
        const { draft } = this.state;
        if (!draft || !(draft.isTouched || isAsked)) {
            return;
        }
        const value = draft.kind === "quantity" ? toNumber(draft.text) : draft.text.trim();
        if (value === null || value === "") {
            this.tell("error", draft.kind === "quantity" ? _t("This is no quantity.") : _t("Nothing is written."));
            return;
        }
        this.state.draft = null;
        await this.say(draft.kind, value, { target: draft.target });
    }

    /** A button is pressed once, however often it is touched. */
    press({ id, label }) {
        return this.once(() => this.pressButton(id, label));
    }

    async pressButton(id, label) {
        const waiting = this.waitingOf(this.state.run.id);
        const last = waiting.at(-1)?.said.event;
        if (waiting.some((entry) => !this.isQueued(entry)) || (last?.kind === "press" && last.value === id)) {
            return;
        }
        await this.takeDraft();
        await this.say("press", id, { shown: label });
    }

    /** A line or a choice. */
    pick(id, label) {
        return this.once(async () => {
            await this.takeDraft();
            await this.say("pick", id, { target: this.state.run.data?.input?.id, shown: label });
        });
    }

    /** What is touched while the touch before is not on the device yet is the same finger. */
    async once(work) {
        if (this.isTouched) {
            return;
        }
        this.isTouched = true;
        await work().finally(() => (this.isTouched = false));
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
        const event = { kind, value, seen: run.step ?? null, ...more }; // seen: the state that the person had before him
        const said = { run: run.id, flow: run.flow, company: this.state.company, event };
        const entry = { model: MODEL, method: "outbox_step", subject: subjectOf(run.id), said, files };
        try {
            const { uuid } = await this.outbox.add(entry);
            if (problem) {
                this.queue(uuid);
            } else {
                this.later(
                    () => this.waitingOf(run.id).some((other) => other.uuid === uuid) && this.queue(uuid),
                    PATIENCE
                );
            }
        } catch (error) {
            this.tell("error", error.message);
        }
        await this.look();
        await this.keep();
    }

    /** Nobody waits for their answers any more. */
    queue(...uuids) {
        const fresh = uuids.filter((uuid) => !this.queued.has(uuid));
        if (fresh.length) {
            fresh.forEach((uuid) => this.queued.add(uuid));
            this.state.message = null;
            this.signals.play("queued");
            this.state.pending = [...this.state.pending];
        }
    }

    later(work, wait) {
        const timer = setTimeout(() => this.timers.delete(timer) && work(), wait);
        this.timers.add(timer);
    }

    tell(kind, text) {
        this.state.message = { kind, text };
        this.signals.play(kind);
    }

    /** The server's answer about an entry. */
    take(entry, { state, value, message }) {
        const run = this.state.runs.find(({ id }) => id === entry.said.run);
        const isLive = !this.queued.delete(entry.uuid) && this.state.run?.id === entry.said.run;
        if (state !== "done") {
            this.tell("error", message);
            return;
        }
        if (run) {
            const { flow, state: step, data } = value;
            Object.assign(run, { flow, step, data });
            this.syncDraft();
        }
        if (isLive) {
            this.state.message = value.message;
            this.signals.play(value.message?.kind || "success");
        } else if (value.message?.kind === "error") {
            this.signals.play("warning");
        }
        this.keep();
        if (!this.state.isFresh) {
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
        const need = {
            uuid,
            run,
            flow,
            title: value.data.title,
            text: value.message.text,
            event,
            moment: entry.entered,
        };
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
            const problem =
                this.outbox.problem || this.refusal || (this.state.isFresh || !this.state.isRead ? "" : "offline");
            Object.assign(this.state, { pending, problem });
            if (problem) {
                this.queue(...pending.map((entry) => entry.uuid));
            }
            if (problem === "other_user" && this.state.flows.length) {
                await this.giveUp(problem);
            }
        }
    }

    async keep() {
        const { flows, runs, run, company } = this.state;
        const kept = JSON.stringify({ flows, runs, current: run?.id, company });
        await this.store.keep(this.keys.state, kept).catch(() => {});
    }
}
