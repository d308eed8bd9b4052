import { Component, useState } from "@odoo/owl";

import { EntryStore } from "./entry_store";
import { classLabel, classTone } from "./entry_text";

/** Characteristics with one result for the whole sample: defects counted, texts, photos, documents. */
export class EntryCounts extends Component {
    static template = "quality_inspection.EntryCounts";
    static props = {
        store: EntryStore,
        readonly: Boolean,
        onChange: Function,
        onPhoto: Function,
        onPhotoOpen: Function,
        onPhotoRemove: Function,
    };

    setup() {
        this.store = useState(this.props.store);
        Object.assign(this, { classLabel, classTone });
    }

    setDefects(line, text) {
        this.store.setDefects(line, text);
        this.props.onChange();
    }

    onNg(line) {
        this.setDefects(line, this.store.defectsOf(line) ? "" : "1");
    }

    onText(line, ev) {
        this.store.setLineValue(line, "text_value", ev.target.value);
        this.props.onChange();
    }

    onInstrument(line, ev) {
        this.store.setLineValue(line, "instrument_id", Number(ev.target.value) || false);
        this.props.onChange();
    }

    /** O and N say the result, Enter goes to the next line: as in the grid. */
    onKeydown(line, ev) {
        const key = ev.key.toLowerCase();
        if (!this.props.readonly && ["o", "p"].includes(key)) {
            this.setDefects(line, "0");
        } else if (!this.props.readonly && ["n", "f"].includes(key)) {
            this.setDefects(line, String((this.store.defectsOf(line) || 0) + 1));
        } else if (["enter", "arrowdown", "arrowup"].includes(key) && !ev.altKey) {
            this.focusNext(ev.target, key === "arrowup" || ev.shiftKey ? -1 : 1);
        } else {
            return;
        }
        ev.preventDefault();
    }

    focusNext(element, step) {
        const inputs = [...element.closest(".o_qi_counts").querySelectorAll(".o_qi_count_input, .o_qi_text_input")];
        const next = inputs[inputs.indexOf(element) + step];
        next?.focus();
        next?.select();
    }

    onFile(line, ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        this.props.onPhoto(line, files);
    }
}
