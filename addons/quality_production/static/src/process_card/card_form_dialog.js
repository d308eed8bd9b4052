import { Component, useState } from "@odoo/owl";

import { shrinkPhoto } from "@quality_inspection/result_entry/photo_shrink";
import { Dialog } from "@web/core/dialog/dialog";
import { useService } from "@web/core/utils/hooks";

/**
 * A few questions in a dialog; the answers go to `confirm`, and the dialog closes when that succeeds.
 *
 * A field: {name, label, type: "text"|"line"|"number"|"select"|"photos", options: [[value, label]], value, required}.
 */
export class CardFormDialog extends Component {
    static template = "quality_production.CardFormDialog";
    static components = { Dialog };
    static props = {
        title: String,
        text: { type: String, optional: true },
        fields: Array,
        confirmLabel: { type: String, optional: true },
        danger: { type: Boolean, optional: true },
        confirm: Function,
        close: Function,
    };

    setup() {
        this.notification = useService("notification");
        const values = {};
        for (const field of this.props.fields) {
            values[field.name] = field.value ?? (field.type === "photos" ? [] : "");
        }
        this.state = useState({ values, busy: false, missing: false });
    }

    isEmpty(field) {
        return field.required && !String(this.state.values[field.name] ?? "").trim();
    }

    async onFiles(field, ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        for (const file of files) {
            this.state.values[field.name].push(await shrinkPhoto(file));
        }
    }

    async onConfirm() {
        if (this.props.fields.some((field) => this.isEmpty(field))) {
            this.state.missing = true;
            return;
        }
        this.state.busy = true;
        try {
            await this.props.confirm({ ...this.state.values });
            this.props.close();
        } finally {
            this.state.busy = false;
        }
    }
}
