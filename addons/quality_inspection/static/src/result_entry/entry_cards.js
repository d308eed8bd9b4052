import { Component, useEffect, useRef, useState } from "@odoo/owl";

import { EntryStore } from "./entry_store";
import { classLabel, classTone, targetText, toleranceText, unitText } from "./entry_text";

const AROUND = 30;

/** One characteristic a card, for a phone: big buttons, a number pad, the camera. */
export class EntryCards extends Component {
    static template = "quality_inspection.EntryCards";
    static props = {
        store: EntryStore,
        readonly: Boolean,
        target: { type: Object, optional: true },
        onChange: Function,
        onActive: Function,
        onPhoto: Function,
        onPhotoOpen: Function,
        onPhotoRemove: Function,
    };

    setup() {
        this.store = useState(this.props.store);
        this.root = useRef("root");
        this.state = useState({ at: this.firstOpen(), unit: 1, focus: 0 });
        this.state.unit = this.firstUnit(this.line);
        this.isTyping = false;
        Object.assign(this, { classLabel, classTone, targetText, toleranceText, unitText });
        useEffect(
            (target) => target && this.open(target.line, target.unit || 1),
            () => [this.props.target]
        );
        useEffect(
            () => this.settle(),
            () => [this.state.at, this.state.unit, this.state.focus]
        );
    }

    get lines() {
        return this.store.data.lines;
    }

    get line() {
        return this.lines[this.state.at];
    }

    get unit() {
        return this.state.unit;
    }

    /** Chips of the units around the one that is open. */
    get units() {
        const last = this.line.sample_size;
        const from = Math.max(1, Math.min(this.unit - AROUND, last - 2 * AROUND));
        const to = Math.min(last, from + 2 * AROUND);
        return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
    }

    firstOpen() {
        const lines = this.store.data.lines;
        const at = lines.findIndex((line) => !this.store.isLineFilled(line));
        return Math.max(0, at);
    }

    firstUnit(line) {
        for (let unit = 1; line?.per_unit && unit <= line.sample_size; unit++) {
            if (!this.store.isFilled(line, unit)) {
                return unit;
            }
        }
        return 1;
    }

    // moving ------------------------------------------------------------------------------------------

    get numberInput() {
        return this.root.el?.querySelector(".o_qi_pad_input");
    }

    open(line, unit) {
        this.moveTo(Math.max(0, this.lines.indexOf(line)), unit);
    }

    setUnit(unit) {
        this.moveTo(this.state.at, unit);
    }

    step(step) {
        const at = Math.min(this.lines.length - 1, Math.max(0, this.state.at + step));
        this.moveTo(at, this.firstUnit(this.lines[at]));
    }

    /**
     * A gauge that acts as a keyboard does not wait for the screen: the input that is still drawn for the former
     * unit is the new one's from this moment on, and no digit is added to the former value.
     */
    moveTo(at, unit) {
        Object.assign(this.state, { at, unit });
        this.isTyping = false;
        const input = this.numberInput;
        if (input && this.line.kind === "measure") {
            input.value = this.store.cellText(this.line, unit);
            input.select();
        } else {
            input?.blur();
        }
    }

    /** The next unit without a result, then the next card. */
    next() {
        const { line } = this;
        if (line.per_unit) {
            for (let unit = this.unit + 1; unit <= line.sample_size; unit++) {
                if (!this.store.isFilled(line, unit)) {
                    this.setUnit(unit);
                    return;
                }
            }
            if (this.store.filledOf(line) < line.sample_size) {
                this.setUnit(this.firstUnit(line));
                return;
            }
        }
        if (this.state.at < this.lines.length - 1) {
            this.step(1);
        } else {
            // all is measured: one value too many must not replace the first
            this.state.focus = 0;
            this.numberInput?.blur();
        }
    }

    settle() {
        const { el } = this.root;
        el?.querySelector(".o_qi_chip_active")?.scrollIntoView({ block: "nearest", inline: "center" });
        const input = this.numberInput;
        if (input && this.state.focus) {
            input.focus();
            input.setSelectionRange(this.isTyping ? input.value.length : 0, input.value.length);
        }
        this.props.onActive({ line: this.line, unit: this.unit });
    }

    // entering ----------------------------------------------------------------------------------------

    onNumber(ev) {
        this.isTyping = true;
        this.store.setText(this.line, this.unit, ev.target.value);
        this.props.onChange();
    }

    onNumberDone() {
        this.store.settleText(this.line, this.unit);
        this.props.onChange();
        if (!this.store.cellError(this.line, this.unit)) {
            this.state.focus++;
            this.next();
        }
    }

    onNumberKey(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.onNumberDone();
        }
    }

    /** Number pads of many phones have no minus. */
    onSign() {
        const text = this.store.cellText(this.line, this.unit).trim();
        this.store.setText(this.line, this.unit, text.startsWith("-") ? text.slice(1) : `-${text}`);
        this.props.onChange();
    }

    onMark(mark) {
        this.store.setMark(this.line, this.unit, mark);
        this.props.onChange();
        if (mark !== null) {
            this.next();
        }
    }

    onRestOk() {
        this.store.markRest(this.line, true);
        this.props.onChange();
    }

    setDefects(text) {
        this.store.setDefects(this.line, text);
        this.props.onChange();
    }

    onNg() {
        this.setDefects(this.store.defectsOf(this.line) ? "" : "1");
    }

    addDefects(step) {
        this.setDefects(String(Math.max(0, (this.store.defectsOf(this.line) || 0) + step)));
    }

    onText(ev) {
        this.store.setLineValue(this.line, "text_value", ev.target.value);
        this.props.onChange();
    }

    onUom(ev) {
        this.store.uoms[this.line.id] = Number(ev.target.value);
        this.props.onChange();
    }

    onInstrument(ev) {
        this.store.setLineValue(this.line, "instrument_id", Number(ev.target.value) || false);
        this.props.onChange();
    }

    onFile(ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        this.props.onPhoto(this.line, files);
    }
}
