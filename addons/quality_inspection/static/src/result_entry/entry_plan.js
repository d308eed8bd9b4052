import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { EntryStore } from "./entry_store";
import { classTone } from "./entry_text";

/** Sampling plan by class: sample size, acceptance and rejection number, and what was found so far. */
export class EntryPlan extends Component {
    static template = "quality_inspection.EntryPlan";
    static props = {
        store: EntryStore,
        readonly: Boolean,
        onChange: Function,
    };

    setup() {
        this.store = useState(this.props.store);
        this.classTone = classTone;
    }

    edge(sample) {
        return { accept: "border-success", reject: "border-danger" }[sample.decision] || "";
    }

    onFound(sample, ev) {
        this.store.edits.samples[sample.id] = ev.target.value;
        this.props.onChange();
    }

    get unsavedTitle() {
        return _t("Counted on this screen; it is judged when it is saved.");
    }
}
