import { Component, onWillStart, onWillUnmount, useExternalListener, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { Camera } from "../camera/camera";
import { HandEntry } from "../hand_entry/hand_entry";
import { Icon } from "../icon/icon";
import { NeedsPage } from "../needs_page/needs_page";
import { RunPage } from "../run_page/run_page";
import { ScanDesk } from "../scan_desk";
import { SelfTest } from "../self_test/self_test";
import { StartPage } from "../start_page/start_page";
import { Wedge } from "../wedge";

const PAGES = ["run", "needs", "test", "menu"];

/** The page of the warehouse: which screen is shown, and where a scan goes. */
export class ScanApp extends Component {
    static template = "warehouse_scan.ScanApp";
    static components = { Camera, HandEntry, Icon, NeedsPage, RunPage, SelfTest, StartPage };
    static props = {
        outbox: Object,
        signals: Object,
        user: Number,
        name: String,
        lang: String,
        camera: { type: String, optional: true },
        companies: { type: Array, optional: true },
        flows: { type: Array, optional: true },
    };

    setup() {
        const { user, outbox, signals, companies, flows } = this.props;
        this.desk = new ScanDesk({ user, outbox, signals, companies, flows });
        this.data = useState(this.desk.state);
        this.state = useState({ page: this.readHash(), overlay: "", typed: "", tested: null, question: null });
        this.wedge = new Wedge({ onScan: (scan) => this.onScan(scan), onTyped: (typed) => this.onTyped(typed) });
        useExternalListener(window, "hashchange", () => this.onHash());
        useExternalListener(window, "click", () => this.leaveButton());
        onWillStart(() => {
            this.wedge.start();
            this.desk.start().then(() => this.openDocument());
        });
        onWillUnmount(() => {
            this.wedge.stop();
            this.desk.stop();
        });
        for (const name of ["go", "ask", "startRun", "resumeRun", "scanByHand", "close"]) {
            this[name] = this[name].bind(this);
        }
    }

    readHash() {
        const page = window.location.hash.slice(1);
        return PAGES.includes(page) ? page : "";
    }

    onHash() {
        const page = this.readHash();
        if (this.state.page === "run" && page === "") {
            this.desk.leaveRun();
        }
        Object.assign(this.state, { page, overlay: "", question: null });
    }

    go(page) {
        this.state.page = page || this.state.page; // a second touch finds the new page
        window.location.hash = page;
    }

    /** The key that ends a scan must not press the button that was touched last. */
    leaveButton() {
        if (document.activeElement?.matches("button, a, summary")) {
            document.activeElement.blur();
        }
    }

    /** The person comes from a document: `?flow=receive&model=stock.picking&id=7`. */
    async openDocument() {
        const asked = new URLSearchParams(window.location.search);
        const id = Number(asked.get("id"));
        if (asked.get("flow") || (asked.get("model") && id)) {
            window.history.replaceState(null, "", window.location.pathname + window.location.hash);
            await this.startRun(asked.get("flow") || "look_up", id ? { model: asked.get("model"), id } : null);
        }
    }

    async startRun(flow, value = null) {
        this.go("run");
        await this.desk.startRun(flow, value);
    }

    async resumeRun(id) {
        this.go("run");
        await this.desk.resumeRun(id);
    }

    /** A code, from a scanner or the camera: at any time, whatever has the focus. */
    async onScan(scan) {
        if (this.state.page === "test") {
            this.state.tested = scan;
            this.props.signals.play("info");
            return;
        }
        this.state.question = null; // a question that nobody has answered is answered with no
        if (this.state.overlay === "hand") {
            this.close();
        }
        if (this.state.page !== "run") {
            this.go("run");
            this.state.page = "run";
            this.desk.state.run = null;
        }
        await this.desk.scan(scan.raw, scan.symbology);
    }

    scanByHand(raw) {
        this.close();
        return this.onScan({ raw, suffix: "", duration: 0 });
    }

    /** Keys hit by hand where no field has the focus: digits for the keypad, else a code that is typed. */
    onTyped({ text, isDone }) {
        const draft = this.data.draft;
        if (this.state.page === "run" && draft?.kind === "quantity" && /^[\d.,]*$/.test(text)) {
            draft.text = (draft.isTouched ? draft.text : "") + text;
            draft.isTouched ||= Boolean(text);
            return isDone && this.desk.takeDraft();
        }
        if (isDone && text) {
            return this.onScan({ raw: text, suffix: "Enter", duration: 0 });
        }
        if (text.trim()) {
            Object.assign(this.state, { overlay: "hand", typed: text });
        }
    }

    toggle(overlay) {
        Object.assign(this.state, { overlay: this.state.overlay === overlay ? "" : overlay, typed: "" });
    }

    close() {
        Object.assign(this.state, { overlay: "", typed: "" });
    }

    /** Ask before something that is not undone. */
    ask(text, action) {
        this.state.question = { text, action };
    }

    answer(isYes) {
        const { action } = this.state.question;
        this.state.question = null;
        return isYes && action();
    }

    get canScan() {
        return ["", "run"].includes(this.state.page);
    }

    get title() {
        const { run } = this.data;
        return {
            "": _t("Warehouse"),
            run: run ? run.data?.title || this.desk.flowOf(run.flow).label : _t("Warehouse"),
            needs: _t("Waiting and Open"),
            test: _t("Test the Scanner"),
            menu: _t("More"),
        }[this.state.page];
    }

    get waiting() {
        return this.data.pending.filter((entry) => entry.state === "waiting");
    }

    get open() {
        return this.data.needs.length + this.data.pending.filter((entry) => entry.state === "refused").length;
    }

    /** What the chip says: nothing is hidden behind a colour. */
    get status() {
        const count = this.waiting.filter((entry) => this.desk.isQueued(entry)).length;
        if (this.open) {
            return { kind: "error", text: _t("%(count)s open", { count: this.open }) };
        }
        if (count) {
            return { kind: "warning", text: _t("%(count)s waiting", { count }) };
        }
        return this.data.problem === "offline"
            ? { kind: "warning", text: _t("Offline") }
            : { kind: "success", text: this.waiting.length ? _t("Sending…") : _t("All sent") };
    }

    get banner() {
        const count = this.waiting.length;
        return {
            offline: count
                ? _t("No network. %(count)s entries wait on this device; they are sent in order when it is back.", {
                      count,
                  })
                : _t("No network. Go on scanning: it is kept on this device and sent when the network is back."),
            server: _t("The server does not answer. What you scan is kept on this device; it is tried again."),
            logged_out: _t("You are logged out. What you scan is kept on this device; log in as yourself to send it."),
            other_user: _t("Somebody else is logged in on this device. What you have scanned waits until you log in."),
        }[this.data.problem];
    }

    get others() {
        const { others: count } = this.data;
        return _t("%(count)s entries of somebody else wait on this device until that person logs in here.", { count });
    }

    reload() {
        window.location.assign("/scan");
    }

    logIn() {
        window.location.assign("/web/login?redirect=/scan");
    }

    /** Leave the device to somebody else. */
    logOut() {
        const leave = async () => {
            await this.desk.giveUp("logged_out");
            window.location.assign("/web/session/logout?redirect=/scan");
        };
        const count = this.data.pending.length;
        const text = _t("%(count)s entries are not sent yet: log in again to send them. Log out?", { count });
        return count ? this.ask(text, leave) : leave();
    }
}
