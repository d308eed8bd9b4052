import { Component, onWillStart, useExternalListener, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { VisitBook } from "./visit_book";
import { VisitView } from "./visit_view";

/** The technician's page: his visits by day, and what of his entries is not sent yet. */
export class VisitApp extends Component {
    static template = "aftersales_visit.VisitApp";
    static props = { outbox: Object, user: Number, name: String, lang: String };
    static components = { VisitView };

    setup() {
        this.book = new VisitBook({ user: this.props.user, outbox: this.props.outbox });
        this.data = useState(this.book.state);
        this.state = useState({ id: this.readHash(), message: "" });
        this.say = this.say.bind(this);
        useExternalListener(window, "hashchange", () => {
            Object.assign(this.state, { id: this.readHash(), message: "" });
            window.scrollTo(0, 0);
        });
        onWillStart(() => {
            this.book.start();
        });
    }

    readHash() {
        return Number(/^#(\d+)$/.exec(window.location.hash)?.[1] || 0);
    }

    get visit() {
        return this.data.visits.find((visit) => visit.id === this.state.id);
    }

    get days() {
        const days = new Map();
        for (const visit of this.data.visits) {
            const day = this.format(visit.start, { weekday: "long", month: "long", day: "numeric" });
            days.set(day, [...(days.get(day) || []), visit]);
        }
        return [...days].map(([day, visits]) => ({ day, visits }));
    }

    get waiting() {
        return this.data.pending.filter((entry) => entry.state === "waiting");
    }

    get refused() {
        return this.data.pending.filter((entry) => entry.state === "refused");
    }

    get reason() {
        return this.data.problem && this.book.reason;
    }

    get status() {
        const count = this.waiting.length;
        return count ? _t("%(count)s not sent yet", { count }) : this.data.isFresh ? _t("All sent") : _t("As kept");
    }

    /** A moment of the server, in the words of the user's language and the phone's time zone. */
    format(moment, options) {
        return moment
            ? new Intl.DateTimeFormat(this.props.lang, options).format(new Date(`${moment.replace(" ", "T")}Z`))
            : "";
    }

    time(visit) {
        const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
        return `${this.format(visit.start, clock)} – ${this.format(visit.end, clock)}`;
    }

    stateOf(visit) {
        return {
            planned: _t("Arranged"),
            under_way: _t("Working on Site"),
            done: visit.unsigned_why ? _t("Not Signed") : _t("Signed"),
            cancelled: _t("Cancelled"),
        }[visit.state];
    }

    isWaiting(visit) {
        return this.waiting.some((entry) => entry.said.id === visit.id);
    }

    nameOf(entry) {
        const visit = this.data.visits.find((other) => other.id === entry.said.id);
        const what = {
            outbox_arrive: _t("Arrival"),
            outbox_check: _t("Checklist"),
            outbox_photo: _t("Photo"),
            outbox_part: _t("Part"),
            outbox_hours: _t("Hours"),
            outbox_complete: _t("Signature"),
        }[entry.method];
        return [visit?.name, what].filter(Boolean).join(": ");
    }

    /** Say a word, or what goes wrong with some work. */
    async say(work) {
        this.state.message = "";
        if (typeof work !== "function") {
            this.state.message = String(work);
            return;
        }
        try {
            await work();
        } catch (error) {
            this.state.message = error.message;
        }
    }

    /** Leave the phone to somebody else. */
    async logOut() {
        const count = this.data.pending.length;
        if (
            count &&
            !window.confirm(_t("%(count)s entries are not sent yet: log in again to send them. Log out?", { count }))
        ) {
            return;
        }
        await this.book.giveUp("logged_out");
        window.location.assign("/web/session/logout?redirect=/visits");
    }

    async retry(entry) {
        await this.props.outbox.retry({ ...entry });
        await this.book.load();
    }

    async discard(entry) {
        if (window.confirm(_t("What you have entered here is lost then. Discard it?"))) {
            await this.props.outbox.drop(entry);
            await this.book.load();
        }
    }
}
