import { Component, useState } from "@odoo/owl";

import { Icon } from "../icon/icon";

const LONGEST = 10;

/** How many, with one thumb. What is typed first takes the place of what was there. */
export class Keypad extends Component {
    static template = "warehouse_scan.Keypad";
    static components = { Icon };
    static props = { desk: Object, lang: String };

    setup() {
        this.data = useState(this.props.desk.state);
        this.keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "0"];
    }

    get draft() {
        return this.data.draft;
    }

    write(text) {
        Object.assign(this.draft, { text, isTouched: true });
    }

    type(key) {
        const former = this.draft.isTouched ? this.draft.text : "";
        if (former.length < LONGEST && !(key === "." && former.includes("."))) {
            this.write(former + key);
        }
    }

    erase() {
        this.write(this.draft.text.slice(0, -1));
    }

    step(by) {
        const number = Math.max(0, (Number(this.draft.text) || 0) + by);
        this.write(String(Math.round(number * 1e6) / 1e6));
    }

    enter() {
        return this.props.desk.takeDraft();
    }
}
