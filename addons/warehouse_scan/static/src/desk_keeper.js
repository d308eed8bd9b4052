import { reactive } from "@odoo/owl";
import { callServer } from "@web_outbox/call";
import { isLoggedIn } from "@web_outbox/device_user";
import { forgetPage } from "@web_outbox/mount_page";

import { Needs } from "./needs";

/**
 * What is on the device: the flows, the runs with the server's last answers, what waits, and what needs the person. It
 * is kept through a reload, and shown to nobody else.
 */
export class DeskKeeper {
    constructor({ user, outbox, signals, companies = [], flows = [] }) {
        Object.assign(this, { user, outbox, signals, companies, store: outbox.store });
        this.key = `scan_${user}`;
        this.refusal = ""; // why the server told nothing
        this.queued = new Set(); // entries that nobody waits for any more
        this.timers = new Set();
        outbox.keep = (entry, answer) => this.keepNeed(entry, answer);
        this.state = reactive({
            flows, // as the page has brought them, however old it is
            runs: [],
            run: null, // one of the runs
            draft: null, // what is typed and not taken yet
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
        this.needs = new Needs({ user, store: this.store, state: this.state });
    }

    async start() {
        if (!isLoggedIn(this.user)) {
            await this.giveUp("logged_out"); // a page that was kept of somebody who is logged in here no more
            this.state.isRead = true;
            return;
        }
        this.outbox.addEventListener("changed", () => this.look());
        this.outbox.addEventListener("answered", ({ detail }) => this.take(detail.entry, detail.answer));
        this.last = this.recall();
        await this.last;
        await this.look();
        this.outbox.start();
        this.onOnline = () => this.load();
        this.onShown = () => document.visibilityState === "visible" && this.needs.read().catch(() => {});
        window.addEventListener("online", this.onOnline);
        document.addEventListener("visibilitychange", this.onShown); // another tab may have taken answers
        await this.load();
        this.state.isRead = true;
    }

    /** What the device has kept; whatever is scanned meanwhile comes after it. */
    async recall() {
        try {
            const kept = JSON.parse((await this.store.recall(this.key)) || "{}");
            const { flows = [], runs = [], current, company } = kept;
            Object.assign(this.state, { flows: this.state.flows.length ? this.state.flows : flows, runs });
            this.state.isRead ||= Boolean(kept.flows);
            this.state.company = this.companies.some(({ id }) => id === company) ? company : this.state.company;
            this.state.run = runs.find(({ id }) => id === current) || null;
            this.syncDraft();
            await this.needs.read();
            this.state.others = await this.store.countOthers(this.user);
            (await this.outbox.list()).forEach((entry) => this.queued.add(entry.uuid));
        } catch {
            // nothing is kept here, or nothing readable: the server says it anew
        }
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
            await this.store.clearShelf((key) => key === this.key || Needs.holds(key)).catch(() => {});
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
            await this.store.clearShelf(Needs.holds).catch(() => {});
        }
        await forgetPage("/scan");
    }

    /** Work in another company from now on; what was begun stays in its own. */
    async chooseCompany(id) {
        this.state.company = id;
        await this.keep();
        await this.load();
    }

    later(work, wait) {
        const timer = setTimeout(() => this.timers.delete(timer) && work(), wait);
        this.timers.add(timer);
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

    /** On the disk; of many wishes in a row the last one is enough. */
    keep() {
        this.isKeepAsked = true;
        this.keeping ||= this.keepWhileAsked().finally(() => (this.keeping = null));
        return this.keeping;
    }

    async keepWhileAsked() {
        while (this.isKeepAsked) {
            this.isKeepAsked = false;
            const { flows, runs, run, company } = this.state;
            const kept = JSON.stringify({ flows, runs, current: run?.id, company });
            await this.store.keep(this.key, kept).catch(() => {}); // a full device says so when something is entered
        }
    }
}
