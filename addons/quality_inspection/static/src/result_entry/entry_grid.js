import { Component, onMounted, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { readNumber } from "./entry_numbers";
import { EntryStore } from "./entry_store";
import { classLabel, classTone, targetText, toleranceText } from "./entry_text";

const ROW = 34;
const MARGIN = 12;
const PAGE = 10;
const KEYS_OK = ["p", "o", "1", "+"];
const KEYS_NG = ["f", "n", "0", "-"];

/**
 * Units by characteristics, for the keyboard: Enter and the arrows move, a copied block is pasted, a scanned
 * serial jumps to its unit. Only the rows in sight are drawn, so a lot of thousands is typed as fast as ten.
 */
export class EntryGrid extends Component {
    static template = "quality_inspection.EntryGrid";
    static props = {
        store: EntryStore,
        readonly: Boolean,
        target: { type: Object, optional: true },
        across: Boolean,
        onChange: Function,
        onActive: Function,
        onPaste: Function,
        onScan: Function,
    };

    setup() {
        this.store = useState(this.props.store);
        this.scroller = useRef("scroller");
        this.ahead = useRef("ahead");
        this.state = useState({ first: 1, height: 30, unit: 0, lineId: 0 });
        this.focusOn = null;
        this.former = "";
        Object.assign(this, { classLabel, classTone, targetText, toleranceText });
        onMounted(() => this.onScroll());
        useEffect(
            () => this.settleFocus(),
            () => [this.state.first, this.state.unit, this.state.lineId]
        );
        useEffect(
            (target) => target && this.goTo(target.unit, target.line),
            () => [this.props.target]
        );
    }

    get lines() {
        return this.store.gridLines;
    }

    // rows in sight ------------------------------------------------------------------------------------

    get units() {
        const last = Math.min(this.store.unitCount, this.state.first + this.state.height);
        return Array.from({ length: Math.max(0, last - this.state.first + 1) }, (_, at) => this.state.first + at);
    }

    get spaceAbove() {
        return (this.state.first - 1) * ROW;
    }

    get spaceBelow() {
        return Math.max(0, this.store.unitCount - this.state.first - this.state.height) * ROW;
    }

    onScroll() {
        const { scrollTop, clientHeight } = this.scroller.el;
        const height = Math.ceil(clientHeight / ROW) + 2 * MARGIN;
        const top = Math.max(1, Math.floor(scrollTop / ROW) - MARGIN);
        const first = Math.max(1, Math.min(top, this.store.unitCount - height));
        Object.assign(this.state, { first, height });
    }

    // what a cell shows -----------------------------------------------------------------------------------

    markText(line, unit) {
        const mark = this.store.cellMark(line, unit);
        return mark === null ? "" : mark ? _t("OK") : _t("NG");
    }

    cellTitle(line, unit) {
        return this.store.cellError(line, unit) || undefined;
    }

    cellLabel(line, unit) {
        return _t("%(line)s, unit %(unit)s", { line: line.name, unit });
    }

    /** The unit of measurement of a cell, shown where it is not the tolerance's. */
    foreignUom(line, unit) {
        const id = this.store.isFilled(line, unit) && this.store.cellUom(line, unit);
        return id && line.uom && id !== line.uom.id ? this.store.uomName(line, id) : "";
    }

    // moving ------------------------------------------------------------------------------------------------

    cellElement(unit, lineId) {
        return this.scroller.el?.querySelector(`tbody [data-unit="${unit}"][data-line="${lineId}"]`);
    }

    goTo(unit, line) {
        this.focusOn = { unit, lineId: line.id };
        const { el } = this.scroller;
        const head = el.querySelector("thead").offsetHeight;
        const top = (unit - 1) * ROW;
        const shown = el.clientHeight - head;
        if (top < el.scrollTop) {
            el.scrollTop = top;
        } else if (top + ROW > el.scrollTop + shown) {
            el.scrollTop = top + ROW - shown;
        }
        this.onScroll();
        this.settleFocus();
        if (this.focusOn) {
            this.typeAhead(unit, line);
        }
    }

    /**
     * A cell out of sight is drawn with the next frame, and a gauge that acts as a keyboard does not wait for it:
     * until then an input that nobody sees stands for the cell.
     */
    typeAhead(unit, line) {
        const { el } = this.ahead;
        el.blur(); // or a second cell in the same frame would not be told of
        Object.assign(el.dataset, { unit, line: line.id });
        el.ariaLabel = this.cellLabel(line, unit);
        el.value = line.kind === "measure" ? this.store.cellText(line, unit) : "";
        el.readOnly = this.props.readonly || line.kind !== "measure";
        el.focus({ preventScroll: true });
    }

    settleFocus() {
        const cell = this.focusOn && this.cellElement(this.focusOn.unit, this.focusOn.lineId);
        if (cell) {
            const { el } = this.ahead;
            const isTyping = document.activeElement === el && el.value !== this.former;
            const former = this.former;
            this.focusOn = null;
            delete el.dataset.line;
            cell.focus();
            cell.setSelectionRange(isTyping ? cell.value.length : 0, cell.value.length);
            this.former = isTyping ? former : this.former;
        }
    }

    /** The next open cell in a direction; null at the end. */
    nextCell(unit, line, step, across) {
        const lines = this.lines;
        const count = this.store.unitCount;
        let column = lines.indexOf(line);
        for (let tries = lines.length * count; tries > 0; tries--) {
            if (across) {
                column += step;
                if (column < 0 || column >= lines.length) {
                    column = column < 0 ? lines.length - 1 : 0;
                    unit += step;
                }
            } else {
                unit += step;
                if (unit < 1 || unit > count) {
                    unit = unit < 1 ? count : 1;
                    column += step;
                }
            }
            if (column < 0 || column >= lines.length || unit < 1 || unit > count) {
                return null;
            }
            if (this.store.isOpen(lines[column], unit)) {
                return { unit, line: lines[column] };
            }
        }
        return null;
    }

    move(place, step, across) {
        const next = this.nextCell(place.unit, place.line, step, across);
        if (next) {
            this.goTo(next.unit, next.line);
        }
        return Boolean(next);
    }

    /** Up and down stay in their column. */
    moveRow(place, step) {
        const unit = Math.max(1, Math.min(place.line.sample_size, place.unit + step));
        this.goTo(unit, place.line);
    }

    // events ------------------------------------------------------------------------------------------------

    placeOf(target) {
        const { unit, line } = target.dataset;
        return line ? { unit: Number(unit), line: this.store.lineById[line] } : null;
    }

    onFocusIn(ev) {
        const place = this.placeOf(ev.target);
        if (place) {
            this.former = ev.target.value;
            Object.assign(this.state, { unit: place.unit, lineId: place.line.id });
            ev.target.select();
            this.props.onActive(place);
        }
    }

    onInput(ev) {
        const place = this.placeOf(ev.target);
        if (place && place.line.kind === "measure") {
            this.store.setText(place.line, place.unit, ev.target.value);
            this.props.onChange();
        }
    }

    onChange(ev) {
        const place = ev.target !== this.ahead.el && this.placeOf(ev.target);
        if (place && place.line.kind === "measure") {
            this.store.settleText(place.line, place.unit);
            this.props.onChange();
        }
    }

    onPaste(ev) {
        const place = this.placeOf(ev.target);
        const text = ev.clipboardData?.getData("text/plain") || "";
        if (!place || this.props.readonly || !(/[\t\n\r]/.test(text.trimEnd()) || place.line.kind !== "measure")) {
            return;
        }
        ev.preventDefault();
        this.props.onPaste(text, place);
    }

    onKeydown(ev) {
        const place = this.placeOf(ev.target);
        if (!place || ev.isComposing || ev.altKey) {
            return;
        }
        const done = this.onMoveKey(ev, place) || (!this.props.readonly && this.onMarkKey(ev, place));
        if (done) {
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    onMoveKey(ev, place) {
        const step = ev.shiftKey ? -1 : 1;
        switch (ev.key) {
            case "Enter":
                return this.onEnter(ev, place, step);
            case "Tab":
                return this.move(place, step, true);
            case "ArrowUp":
            case "ArrowDown":
                this.moveRow(place, ev.key === "ArrowUp" ? -1 : 1);
                return true;
            case "PageUp":
            case "PageDown":
                this.moveRow(place, ev.key === "PageUp" ? -PAGE : PAGE);
                return true;
            case "ArrowLeft":
            case "ArrowRight":
                return this.atEdge(ev) && this.move(place, ev.key === "ArrowLeft" ? -1 : 1, true);
            case "Escape":
                return this.onEscape(ev, place);
        }
        return false;
    }

    /** Sideways leaves the cell only from the edge of its text, or while all of it is selected. */
    atEdge({ key, target }) {
        const { selectionStart, selectionEnd, value } = target;
        if (target.readOnly || selectionEnd - selectionStart === value.length) {
            return true;
        }
        return selectionStart === selectionEnd && selectionStart === (key === "ArrowLeft" ? 0 : value.length);
    }

    onEnter(ev, place, step) {
        if (place.line.kind === "measure" && this.isScan(ev.target.value)) {
            const code = ev.target.value;
            this.store.setText(place.line, place.unit, this.former);
            this.props.onChange();
            this.props.onScan(code, place.line);
            return true;
        }
        this.store.settleText(place.line, place.unit);
        if (!this.move(place, step, this.props.across)) {
            ev.target.blur(); // all is measured: one value too many is not added to the last
        }
        return true;
    }

    /** A scanner types like a keyboard: a text that is a serial, and not as well a reading, is a scan. */
    isScan(text) {
        if (!this.store.hasSerial(text)) {
            return false;
        }
        try {
            readNumber(text);
            return /^\d{6,}$/.test(text.trim());
        } catch {
            return true;
        }
    }

    onEscape(ev, place) {
        if (place.line.kind !== "measure" || ev.target.value === this.former) {
            return false;
        }
        this.store.setText(place.line, place.unit, this.former);
        this.props.onChange();
        return true;
    }

    onMarkKey(ev, { unit, line }) {
        if (ev.ctrlKey || ev.metaKey) {
            return ev.key === "d" && this.copyFromAbove(unit, line);
        }
        if (line.kind === "measure") {
            return false;
        }
        const key = ev.key.toLowerCase();
        if (key === " ") {
            this.store.setMark(line, unit, this.store.cellMark(line, unit) !== true);
        } else if (key === "delete" || key === "backspace") {
            this.store.setMark(line, unit, null);
        } else if (KEYS_OK.includes(key) || KEYS_NG.includes(key)) {
            this.store.setMark(line, unit, KEYS_OK.includes(key));
            this.move({ unit, line }, 1, this.props.across);
        } else {
            return false;
        }
        this.props.onChange();
        return true;
    }

    copyFromAbove(unit, line) {
        if (unit > 1) {
            if (line.kind === "measure") {
                this.store.setText(line, unit, this.store.cellText(line, unit - 1));
            } else {
                this.store.setMark(line, unit, this.store.cellMark(line, unit - 1));
            }
            this.props.onChange();
        }
        return true;
    }

    onClickMark(line, unit) {
        if (!this.props.readonly) {
            const mark = this.store.cellMark(line, unit);
            this.store.setMark(line, unit, mark === null ? true : mark ? false : null);
            this.props.onChange();
        }
    }

    onRestOk(line) {
        this.store.markRest(line, true);
        this.props.onChange();
    }

    onUom(line, ev) {
        this.store.uoms[line.id] = Number(ev.target.value);
        this.props.onChange();
    }

    onInstrument(line, ev) {
        this.store.setLineValue(line, "instrument_id", Number(ev.target.value) || false);
        this.props.onChange();
    }
}
