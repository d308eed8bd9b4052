import { Component, onMounted, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";

import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { browser } from "@web/core/browser/browser";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/core/utils/numbers";
import { url } from "@web/core/utils/urls";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** Most scans that stay in sight below the page. */
const REMEMBERED = 5;
/** How often the list of expected passes looks for new ones, in milliseconds. */
const REFRESH = 60000;
const ICONS = {
    success: "fa-check-circle",
    info: "fa-info-circle",
    warning: "fa-exclamation-triangle",
    danger: "fa-times-circle",
};

/**
 * The guard's page: scan a gate pass or tap an expected one, see what must go out or come in, press one button.
 *
 * It only shows what the server answers ({state, data, message}); the rules are those of `stock.gate.pass`.
 * A code comes from the camera, from a scanner that types, or from the keyboard.
 */
export class GateScan extends Component {
    static template = "stock_gate_pass.GateScan";
    static components = {};
    static props = { ...standardActionServiceProps };
    static displayName = _t("Gate");

    setup() {
        this.orm = useService("orm");
        this.codeRef = useRef("code");
        this.turn = 0;
        this.cameraSupported = isBarcodeScannerSupported();
        this.state = useState({
            busy: false,
            code: "",
            data: false,
            message: false,
            quantities: {},
            rest: [],
            past: [],
            expected: false,
        });
        const barcode = useService("barcode");
        useBus(barcode.bus, "barcode_scanned", ({ detail }) => this.scan(detail.barcode));
        this.sounds = { good: this.sound("mail", "ting"), bad: this.sound("barcodes", "error") };
        onMounted(() => {
            this.loadExpected();
            this.refresh = browser.setInterval(() => !this.state.data && this.loadExpected(), REFRESH);
            return this.props.action.params?.code && this.scan(this.props.action.params.code);
        });
        onWillUnmount(() => browser.clearInterval(this.refresh));
        // After each answer a scanner that types finds the field again; a phone's keyboard stays closed.
        useEffect(
            () => {
                if (!this.env.isSmall && !this.state.data) {
                    this.codeRef.el?.focus();
                }
            },
            () => [this.state.data]
        );
    }

    sound(addon, name) {
        const extension = new Audio().canPlayType("audio/ogg; codecs=vorbis") ? "ogg" : "mp3";
        return new Audio(url(`/${addon}/static/src/audio/${name}.${extension}`));
    }

    get icon() {
        return ICONS[this.state.message.type] || ICONS.info;
    }

    /** The lists of what is expected, with their titles; empty ones are left out. */
    get expected() {
        const { out = [], in: back = [] } = this.state.expected || {};
        return [
            { key: "out", title: _t("To go out"), passes: out },
            { key: "in", title: _t("To come back"), passes: back },
        ].filter((group) => group.passes.length);
    }

    get more() {
        return _t("%s more: scan them.", this.state.expected.more);
    }

    /** Nobody asked for it, so a lost connection is no message: the list stays as it was. */
    async loadExpected() {
        try {
            this.state.expected = await this.orm.silent.call("stock.gate.pass", "get_expected", []);
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
        }
    }

    get lines() {
        return this.state.data ? this.state.data.lines : [];
    }

    /** What a line moves now: all of it on the way out, what is still missing on the way in. */
    due(line) {
        return this.state.data.next === "in" ? line.balance : line.quantity - line.quantity_out;
    }

    number(value) {
        return formatFloat(value, { digits: [16, 4], trailingZeros: false });
    }

    amount(value, line) {
        return `${this.number(value)} ${line.uom}`;
    }

    date(value) {
        return value ? formatDate(deserializeDate(value)) : "";
    }

    onCodeKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.scan(this.state.code);
        }
    }

    async scanWithCamera() {
        let code = "";
        try {
            code = await scanBarcode(this.env);
        } catch (error) {
            this.tell("danger", error.message || _t("The camera cannot be used. Type the number instead."));
        }
        if (code) {
            await this.scan(code);
        }
    }

    async scan(code) {
        const wanted = (code || "").trim();
        if (wanted) {
            await this.ask("scan", [wanted], wanted);
        } else {
            this.tell("warning", _t("Scan or type the number of a gate pass first."));
        }
    }

    /** Record that the goods have left. */
    async goOut() {
        await this.ask("scan_out", [this.state.data.name], this.state.data.name);
    }

    /** Record what has come back; an empty or wrong quantity is not guessed. */
    async comeIn() {
        const quantities = {};
        for (const line of this.lines) {
            const typed = this.state.quantities[line.id];
            const quantity = Number(String(typed).replace(",", "."));
            if (String(typed).trim() === "" || !Number.isFinite(quantity) || quantity < 0) {
                this.tell("danger", _t("%(product)s: type how many came back, 0 if none.", { product: line.product }));
                return;
            }
            quantities[line.id] = quantity;
        }
        await this.ask("scan_in", [this.state.data.name, quantities], this.state.data.name);
    }

    stepQuantity(line, step) {
        const now = Number(this.state.quantities[line.id]) || 0;
        this.state.quantities[line.id] = String(Math.min(line.balance, Math.max(0, now + step)));
    }

    async ask(method, args, code) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            this.show(await this.orm.call("stock.gate.pass", method, args), method, code);
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.tell("danger", _t("No connection to the server: nothing was recorded. Scan again."));
            } else if (error instanceof RPCError) {
                this.tell("danger", error.data?.message || error.message);
            } else {
                throw error;
            }
        } finally {
            this.state.busy = false;
        }
    }

    /** What was done is told, and the page is ready for the next pass: a second tap can do nothing. */
    show({ data, message }, method, code) {
        const moved = method !== "scan" && message.type === "success";
        Object.assign(this.state, { data: moved ? false : data || false, code: "", quantities: {} });
        this.state.rest = moved && data ? data.lines.filter((line) => line.balance > 0) : [];
        for (const line of this.lines) {
            this.state.quantities[line.id] = String(line.balance);
        }
        this.tell(message.type, message.text);
        if (moved) {
            this.loadExpected();
        }
        if (moved || !data) {
            this.state.past = [{ id: ++this.turn, code, ...message }, ...this.state.past].slice(0, REMEMBERED);
        }
    }

    tell(type, text) {
        this.state.message = { type, text };
        const good = type === "success" || type === "info";
        const sound = good ? this.sounds.good : this.sounds.bad;
        sound.currentTime = 0;
        // A browser that has not been touched yet plays nothing: the colour says it too.
        Promise.resolve(sound.play()).catch(() => {});
        this.buzz(good ? 80 : [120, 80, 120]);
    }

    buzz(pattern) {
        browser.navigator.vibrate?.(pattern);
    }

    next() {
        Object.assign(this.state, { data: false, message: false, code: "", quantities: {}, rest: [] });
        this.loadExpected();
    }
}

registry.category("actions").add("stock_gate_scan", GateScan);
