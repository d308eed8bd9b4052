import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { callServer } from "@web_outbox/call";

import { Icon } from "../icon/icon";
import { nameOfControl } from "../words";

/** What the device sends, character by character, without network too; and what the server understands. */
export class SelfTest extends Component {
    static template = "warehouse_scan.SelfTest";
    static components = { Icon };
    static props = { scan: { type: [Object, { value: null }] }, signals: Object, lang: String };

    setup() {
        this.state = useState({ understood: null, message: "", text: "" });
        onWillStart(() => this.explain(this.props.scan));
        onWillUpdateProps(({ scan }) => scan !== this.props.scan && this.explain(scan));
    }

    get characters() {
        return [...this.props.scan.raw].map((char) => {
            const code = char.codePointAt(0);
            const name = code === 32 ? _t("space") : nameOfControl(code);
            return {
                char: name || char,
                code: code.toString(16).toUpperCase().padStart(2, "0"),
                isControl: Boolean(name),
            };
        });
    }

    get summary() {
        const { suffix, duration } = this.props.scan;
        return _t("%(count)s characters in %(duration)s ms, suffix: %(suffix)s", {
            count: this.characters.length,
            duration,
            suffix: suffix || _t("none"),
        });
    }

    /** Not waited for: the characters are shown at once. */
    explain(scan) {
        Object.assign(this.state, { understood: null, message: "" });
        if (scan) {
            this.ask(scan);
        }
    }

    async ask(scan) {
        const params = { model: "scan.run", method: "explain_code", args: [scan.raw], kwargs: {} };
        const { result, problem, message } = await callServer("/web/dataset/call_kw/scan.run/explain_code", params);
        if (scan !== this.props.scan) {
            return; // another one was scanned meanwhile
        }
        if (problem) {
            this.state.message = message || _t("The server cannot be asked now: only the characters are shown.");
        } else {
            Object.assign(this.state, { understood: result.understood, message: textOf(result.message) });
        }
    }
}

function textOf(message) {
    return message?.text || message || "";
}
