import { _t } from "@web/core/l10n/translation";
import { newUuid } from "@web_outbox/outbox";

import { DeskKeeper } from "./desk_keeper";
import { followAnswer, makeDraft, readDraft } from "./draft";

/** Milliseconds that the person waits for an answer; after that the entry counts as queued, and scanning goes on. */
export const PATIENCE = 3000;
const MODEL = "scan.run";
const LOOK_UP = "look_up";
/** What was left unfinished and can be gone on with. */
const MOST_RUNS = 5;

const subjectOf = (run) => `${MODEL},${run}`;

/** What the person does, event by event, and what the server answers. It says what comes next; here nothing is decided. */
export class ScanDesk extends DeskKeeper {
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

    /** Begin a flow, perhaps with a document. */
    startRun(flow, value = null) {
        return this.inOrder(() => this.beginRun(flow, value));
    }

    async beginRun(flow, value) {
        this.forgetDone();
        this.state.runs.unshift({ id: newUuid(), flow, data: null, moment: Date.now() });
        this.state.runs.splice(MOST_RUNS);
        Object.assign(this.state, { run: this.state.runs[0], message: null, draft: null });
        await this.enter("start", value);
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

    /** A code; before anything was chosen it is looked up, and what can be done with it is offered. */
    scan(value, symbology) {
        return this.inOrder(async () => {
            if (this.state.problem === "other_user") {
                this.signals.play("error");
                return;
            }
            const { run, flows } = this.state;
            if (!run) {
                const isAllowed = !flows.length || flows.some(({ flow }) => flow === LOOK_UP);
                await this.beginRun(isAllowed ? LOOK_UP : flows[0].flow, null);
            }
            // what is typed belongs to what was scanned before: it comes first
            if (await this.enterDraft()) {
                await this.enter("scan", value, symbology ? { symbology } : {});
            }
        });
    }

    syncDraft() {
        this.state.draft = followAnswer(this.state.draft, this.state.run);
    }

    /** The person wants to say how many, whether asked or not. */
    openQuantity({ id, done, title, unit }) {
        return this.inOrder(async () => {
            if (await this.enterDraft()) {
                const input = { kind: "quantity", id, value: done, label: title, unit };
                this.state.draft = makeDraft(this.state.run.id, input, true);
            }
        });
    }

    closeQuantity() {
        this.state.draft = null;
        this.syncDraft();
    }

    /** OK: what is typed is taken. */
    takeDraft() {
        return this.inOrder(() => this.enterDraft(true));
    }

    /** @returns {Promise<boolean>} whether one may go on: false where what is typed is no quantity */
    async enterDraft(isAsked = false) {
        const { draft } = this.state;
        if (!draft || !(isAsked || (draft.isTouched && draft.text.trim()))) {
            return true;
        }
        const value = readDraft(draft);
        if (value === null) {
            this.tell("error", draft.kind === "quantity" ? _t("This is no quantity.") : _t("Nothing is written."));
            return false;
        }
        this.state.draft = null;
        await this.enter(draft.kind, value, { target: draft.target });
        return true;
    }

    /** A button is pressed once, however often it is touched. */
    press({ id, label }) {
        return this.once(async () => {
            const waiting = this.waitingOf(this.state.run.id);
            const last = waiting.at(-1)?.said.event;
            const isWaitedFor = waiting.some((entry) => !this.isQueued(entry));
            if (!isWaitedFor && !(last?.kind === "press" && last.value === id) && (await this.enterDraft())) {
                await this.enter("press", id, { shown: label });
            }
        });
    }

    /** A line or a choice. */
    pick(id, label) {
        return this.once(async () => {
            if (await this.enterDraft()) {
                await this.enter("pick", id, { target: this.state.run.data?.input?.id, shown: label });
            }
        });
    }

    undo() {
        return this.inOrder(() => this.enter("undo"));
    }

    photograph(target, photo) {
        return this.inOrder(() => this.enter("photo", null, { target }, { photo }));
    }

    /** One after the other, as the person does it: none overtakes what is not on the disk yet. */
    inOrder(work) {
        this.last = Promise.resolve(this.last)
            .catch(() => {})
            .then(work);
        return this.last;
    }

    /** What is touched while the touch before is not on the disk yet is the same finger. */
    async once(work) {
        if (!this.isTouched) {
            this.isTouched = true;
            await this.inOrder(work).finally(() => (this.isTouched = false));
        }
    }

    /**
     * One event of the run: on the device, and on its way at once.
     *
     * @param {"start"|"scan"|"press"|"pick"|"quantity"|"text"|"photo"|"undo"} kind
     */
    async enter(kind, value = null, more = {}, files = {}) {
        const { run, problem, company } = this.state;
        if (!run) {
            return; // somebody else has logged in meanwhile
        }
        if (run.data?.offline === false && problem === "offline") {
            this.tell("error", _t("This step needs the network: nothing was kept. Try it again when it is back."));
            return;
        }
        const event = { kind, value, seen: run.step ?? null, ...more }; // seen: the state that the person had before him
        const said = { run: run.id, flow: run.flow, company, event };
        try {
            const entry = { model: MODEL, method: "outbox_step", subject: subjectOf(run.id), said, files };
            const { uuid } = await this.outbox.add(entry);
            const isWaiting = () => this.waitingOf(run.id).some((other) => other.uuid === uuid);
            this.later(() => isWaiting() && this.queue(uuid), PATIENCE);
        } catch (error) {
            this.tell("error", error.message);
        }
        await this.look();
        this.keep();
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
        const { title } = value.data;
        await this.needs.add({ uuid, run, flow, title, text: value.message.text, event, moment: entry.entered });
    }
}
