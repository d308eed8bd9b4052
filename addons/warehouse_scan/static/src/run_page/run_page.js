import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { scaleDown } from "@web_outbox/photo";

import { Icon } from "../icon/icon";
import { Keypad } from "../keypad/keypad";
import { describeEvent, formatNumber, sayMore } from "../words";

/** One run of a flow, as the server's answer says it: what to scan next, where one stands, what can be done. */
export class RunPage extends Component {
    static template = "warehouse_scan.RunPage";
    static components = { Icon, Keypad };
    static props = { desk: Object, lang: String, go: Function, ask: Function, startRun: Function };

    setup() {
        this.desk = this.props.desk;
        this.data = useState(this.desk.state);
        this.state = useState({ isBusy: false });
        this.describe = describeEvent;
        this.sayMore = sayMore;
    }

    get run() {
        return this.data.run;
    }

    get answer() {
        return this.run?.data || { lines: [], buttons: [], facts: [], expect: "" };
    }

    get current() {
        return this.answer.lines.find((line) => line.current);
    }

    get others() {
        return this.answer.lines.filter((line) => !line.current);
    }

    get input() {
        return this.answer.input;
    }

    get text() {
        return this.data.draft?.kind === "text" ? this.data.draft : null;
    }

    get waiting() {
        return this.desk.waitingOf(this.run.id, this.data.pending);
    }

    /** What waits of this run; what is on its way to the server for a moment only is not named. */
    get queued() {
        return this.waiting.filter((entry) => this.desk.isQueued(entry));
    }

    get isSending() {
        return this.waiting.length > this.queued.length;
    }

    get expect() {
        if (this.answer.expect) {
            return this.answer.expect;
        }
        return this.queued.length ? _t("Go on scanning") : this.run.data ? "" : _t("One moment…");
    }

    get message() {
        if (this.data.message) {
            return this.data.message;
        }
        const count = this.queued.length;
        return count ? { kind: "queued", text: _t("%(count)s kept on this device, not checked yet", { count }) } : null;
    }

    /** As long as somebody types a number there is one thing to press. */
    get isTyping() {
        const { draft } = this.data;
        return draft?.kind === "quantity" && (draft.isTouched || draft.isOwn);
    }

    number(value) {
        return formatNumber(value, this.props.lang);
    }

    share(line) {
        return line.demand ? Math.min(100, (100 * (line.done || 0)) / line.demand) : 0;
    }

    signOf(line) {
        return { done: "success", over: "warning", hold: "error" }[line.status];
    }

    noteOf({ place, code, lot, note }) {
        return [...new Set([place, code, lot, note])].filter(Boolean).join(" · ");
    }

    press(button) {
        const { flow, start } = button.go || {}; // the fitting flow of what was looked up
        const press = () => (flow ? this.props.startRun(flow, start) : this.desk.press(button));
        return button.confirm ? this.props.ask(button.confirm, press) : press();
    }

    pick(id, label) {
        return this.desk.pick(id, label);
    }

    writeText(ev) {
        Object.assign(this.data.draft, { text: ev.target.value, isTouched: true });
    }

    enterText() {
        return this.desk.takeDraft();
    }

    async photograph(ev) {
        const [file] = ev.target.files;
        ev.target.value = "";
        if (!file || this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            const photo = await scaleDown(file);
            await this.desk.photograph(this.input.id, photo);
        } catch {
            this.desk.tell("error", _t("This is no picture that can be read. Take it again."));
        }
        this.state.isBusy = false;
    }

    /** The same once more: the next document, without a way round. */
    again() {
        return this.props.startRun(this.run.flow);
    }
}
