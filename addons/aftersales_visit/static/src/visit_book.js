import { reactive } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { callServer } from "@web_outbox/call";
import { isLoggedIn } from "@web_outbox/device_user";
import { forgetPage } from "@web_outbox/mount_page";

const MODEL = "service.visit";

/** What an entry makes of the visit, as far as the device knows. */
function apply(visit, method, said) {
    const check = visit.checks.find((other) => other.id === said.check);
    if (method === "outbox_arrive" && visit.state === "planned") {
        visit.state = "under_way";
    } else if (method === "outbox_check" && check) {
        for (const name of ["yes_no", "answer", "remark"]) {
            check[name] = said[name] ?? check[name];
        }
    } else if (method === "outbox_photo" && check) {
        check.photos++;
    } else if (method === "outbox_part") {
        visit.parts = visit.parts.filter(
            (part) => !(part.mine && part.product === said.product && (part.lot || false) === said.lot)
        );
        if ("quantity" in said) {
            visit.parts.push({
                ...said.shown,
                product: said.product,
                lot: said.lot,
                quantity: said.quantity,
                mine: true,
            });
        }
    } else if (method === "outbox_hours") {
        visit.hours = { work: said.work, travel: said.travel, cost: said.cost };
    } else if (method === "outbox_complete") {
        const { work_done, signer = "", unsigned_why = "", unsigned_note = "" } = said;
        Object.assign(visit, { state: "done", work_done, signer, unsigned_why, unsigned_note });
    }
}

/**
 * The technician's visits: what the server has said last, kept on the device, with what he has entered since.
 */
export class VisitBook {
    constructor({ user, outbox }) {
        this.outbox = outbox;
        this.store = outbox.store;
        this.user = user;
        this.key = `visits_${user}`;
        this.refusal = ""; // why the server told nothing
        this.state = reactive({
            visits: [],
            stock: [],
            readOn: "",
            drafts: {},
            pending: [],
            problem: "",
            isRead: false,
            isFresh: false,
        });
    }

    async start() {
        this.outbox.addEventListener("changed", () => this.look());
        this.outbox.addEventListener("answered", () => (this.isStale = true));
        if (!isLoggedIn(this.user)) {
            await this.giveUp(); // a page that was kept of somebody who is logged in here no more
            this.state.isRead = true;
            return;
        }
        try {
            this.take(JSON.parse((await this.store.recall(this.key)) || "{}"));
        } catch {
            // nothing is kept here, or nothing readable: the server says it anew
        }
        await this.look();
        this.outbox.start();
        window.addEventListener("online", () => this.load());
        await this.load();
        this.state.isRead = true;
    }

    take(data) {
        Object.assign(this.state, {
            visits: data.visits || [],
            stock: data.stock || [],
            readOn: data.readOn || "",
            drafts: data.drafts || {},
        });
        this.state.isRead ||= Boolean(data.visits);
    }

    /** Ask the server; what waits on the device is laid over its answer. */
    async load() {
        this.isStale = false;
        const { result, problem } = await callServer("/visits/data");
        if (problem === "offline") {
            this.state.isFresh = false;
            return;
        }
        if (problem) {
            this.refusal = problem;
            this.state.problem ||= problem;
            return;
        }
        if (result.user !== this.user) {
            return this.giveUp();
        }
        this.refusal = "";
        const { visits, stock, read_on: readOn } = result;
        for (const { method, said, state } of await this.outbox.list().catch(() => [])) {
            const visit = visits.find((other) => other.id === said.id);
            if (visit && state === "waiting") {
                apply(visit, method, said);
            }
        }
        this.take({ visits, stock, readOn, drafts: this.state.drafts });
        this.state.isFresh = true;
        await this.keep();
        await this.store.clearShelf(this.key).catch(() => {});
    }

    /** Somebody else is logged in, or nobody: this page shows and keeps nothing any more; what waits goes on waiting. */
    async giveUp(problem = "other_user") {
        this.refusal = this.state.problem = problem;
        this.take({ visits: [] });
        this.state.isFresh = false;
        await this.store.clearShelf("").catch(() => {});
        await forgetPage("/visits");
    }

    /** What waits, and why. */
    async look() {
        this.state.problem = this.outbox.problem || this.refusal;
        this.state.pending = await this.outbox.list().catch(() => []);
        if (this.isStale && !this.state.pending.some((entry) => entry.state === "waiting")) {
            await this.load();
        }
    }

    /**
     * Take an entry in: on the screen, on the device, and on its way.
     *
     * @throws with a word for the technician: nothing was kept
     */
    async enter(visit, method, said = {}, files = {}) {
        const entry = { model: MODEL, method: `outbox_${method}`, subject: `${MODEL},${visit.id}`, files };
        entry.said = { id: visit.id, ...said };
        await this.outbox.add(entry);
        apply(visit, entry.method, entry.said);
        await this.keep();
    }

    /** What is typed and not signed yet is kept, too. */
    async draft(visit, values) {
        this.state.drafts[visit.id] = { ...this.state.drafts[visit.id], ...values };
        await this.keep();
    }

    async keep() {
        const { visits, stock, readOn, drafts } = this.state;
        try {
            await this.store.keep(this.key, JSON.stringify({ visits, stock, readOn, drafts }));
        } catch {
            // the entries themselves are kept or refused by the outbox
        }
    }

    /** In words: what is in the way of what waits. */
    get reason() {
        return {
            "": "",
            offline: _t("No network: it is sent when the network is back."),
            server: _t("The server does not answer: it is tried again."),
            logged_out: _t("You are logged out: log in again, and it is sent."),
            other_user: _t("Somebody else is logged in on this device: log in as yourself, and it is sent."),
        }[this.state.problem];
    }
}
