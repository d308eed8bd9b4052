import { markRaw } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { dropSame, emptyEdits, isEmpty } from "./entry_edits";
import { readCount, readNumber, showNumber, splitUnit } from "./entry_numbers";
import { countError } from "./entry_words";

const NEAR = 1e-9;

/**
 * Lines, units and cells of one inspection: what the server holds, and the edits that lie above it.
 *
 * Nothing is decided here. Red and green come from the limits that the server sent and are replaced by its
 * own judgement at every save; sampling, verdict and quantities are the server's alone.
 */
export class EntryValues {
    constructor(data = { lines: [], samples: [], documents: [] }, edits = emptyEdits()) {
        this.edits = { ...emptyEdits(), ...edits };
        // units of measurement chosen for what is typed next, by line
        this.uoms = {};
        this.load(data);
    }

    /**
     * Take what the server holds; the edits stay above it.
     *
     * It is replaced whole, never changed in place: whoever draws it is told once, and thousands of cells
     * are read as plain objects.
     */
    load(data) {
        data.lines.forEach(markRaw);
        this.data = markRaw(data);
        this.lineById = Object.fromEntries(data.lines.map((line) => [line.id, line]));
        const base = markRaw({});
        for (const line of data.lines) {
            base[line.id] = Object.fromEntries(line.measurements.map((row) => [row.unit_no, row]));
        }
        this.base = base;
        this.unitNames = Object.fromEntries((data.units || []).map((unit) => [unit.unit_no, unit]));
        this.serialById = Object.fromEntries((data.serials || []).map((serial) => [serial.id, serial]));
    }

    /** Photos of a line, as the server holds them now. */
    loadPhotos(line, attachments) {
        const lines = this.data.lines.map((one) => (one.id === line.id ? { ...one, attachments } : one));
        this.load({ ...this.data, lines });
    }

    /** Lay other edits over what the server holds. */
    take(edits) {
        this.edits = { ...emptyEdits(), ...edits };
    }

    forget() {
        this.take({});
    }

    /** After a save: what has been typed since stays, the rest is the server's now. */
    settle(sent, data) {
        for (const part of Object.keys(sent)) {
            dropSame(this.edits[part], sent[part]);
        }
        this.load(data);
    }

    get isDirty() {
        return !isEmpty(this.edits);
    }

    // lines ------------------------------------------------------------------------------------------

    get gridLines() {
        return this.data.lines.filter((line) => line.per_unit);
    }

    get countLines() {
        return this.data.lines.filter((line) => !line.per_unit);
    }

    get unitCount() {
        return Math.max(0, ...this.gridLines.map((line) => line.sample_size));
    }

    isLineDirty(line) {
        return Boolean(this.edits.cells[line.id] || this.edits.lines[line.id]);
    }

    lineValue(line, name) {
        return this.edits.lines[line.id]?.[name] ?? line[name];
    }

    setLineValue(line, name, value) {
        (this.edits.lines[line.id] ||= {})[name] = value;
    }

    instrumentId(line) {
        return this.edits.lines[line.id]?.instrument_id ?? (line.instrument && line.instrument.id);
    }

    instrumentOf(line) {
        const id = this.instrumentId(line);
        return (line.instruments || []).find((instrument) => instrument.id === id) || line.instrument || false;
    }

    /** Text of a count of defects; "" when nothing was entered. */
    defectsText(line) {
        const typed = this.edits.lines[line.id]?.defects;
        if (typed !== undefined) {
            return typed;
        }
        return typeof line.defect_count === "number" ? String(line.defect_count) : "";
    }

    /** The count itself; null while empty or unreadable. */
    defectsOf(line) {
        const text = this.defectsText(line).trim();
        try {
            return text ? readCount(text) : null;
        } catch {
            return null;
        }
    }

    /** Whether the result is a number of defects; of a text, a photo, a document it is the thing itself. */
    isCounted(line) {
        return !line.per_unit && ["check", "count"].includes(line.kind);
    }

    hasText(line) {
        return ["text", "document"].includes(line.kind);
    }

    setDefects(line, text) {
        this.setLineValue(line, "defects", String(text));
    }

    defectsError(line) {
        if (line.kind === "check" && this.defectsOf(line) > line.sample_size) {
            return _t("Only %(count)s units are inspected.", { count: line.sample_size });
        }
        return countError(this.defectsText(line));
    }

    // units ------------------------------------------------------------------------------------------

    unitName(unit) {
        const typed = this.edits.units[unit];
        return typed ? this.serialById[typed]?.name || "" : this.unitNames[unit]?.name || "";
    }

    unitLot(unit) {
        return this.edits.units[unit] || this.unitNames[unit]?.lot_id || false;
    }

    /**
     * The unit of a scanned serial. A serial that stands at no unit yet takes the next free one.
     *
     * @returns {{unit?: number, error?: string}}
     */
    unitOfSerial(code) {
        const wanted = code.trim().toLowerCase();
        const count = this.unitCount;
        for (let unit = 1; unit <= count; unit++) {
            if (this.unitName(unit).toLowerCase() === wanted) {
                return { unit };
            }
        }
        const serial = (this.data.serials || []).find((one) => one.name.toLowerCase() === wanted);
        if (!serial) {
            return { error: _t("%(code)s is no serial of this inspection.", { code }) };
        }
        for (let unit = 1; unit <= count; unit++) {
            if (!this.unitLot(unit)) {
                this.edits.units[unit] = serial.id;
                return { unit };
            }
        }
        return { error: _t("All %(count)s units of the sample have their serial already.", { count }) };
    }

    hasSerial(code) {
        const wanted = code.trim().toLowerCase();
        const rows = [...(this.data.units || []), ...(this.data.serials || [])];
        return Boolean(wanted) && rows.some((row) => row.name.toLowerCase() === wanted);
    }

    // cells ------------------------------------------------------------------------------------------

    isOpen(line, unit) {
        return unit >= 1 && unit <= line.sample_size;
    }

    cellUom(line, unit) {
        return this.edits.cells[line.id]?.[unit]?.uom_id ?? this.base[line.id][unit]?.uom_id ?? this.uomOf(line);
    }

    /** The unit of measurement for what is typed next in a line. */
    uomOf(line) {
        return this.uoms[line.id] ?? (line.uom ? line.uom.id : false);
    }

    uomName(line, uomId) {
        return (line.units || []).find((uom) => uom.id === uomId)?.name || (line.uom ? line.uom.name : "");
    }

    cellText(line, unit) {
        const typed = this.edits.cells[line.id]?.[unit];
        if (typed?.text !== undefined) {
            return typed.text;
        }
        const row = this.base[line.id][unit];
        return row && typeof row.value === "number" ? showNumber(row.value) : "";
    }

    /** Pass/fail of a cell: true, false, null. */
    cellMark(line, unit) {
        const typed = this.edits.cells[line.id]?.[unit];
        if (typed?.mark !== undefined) {
            return typed.mark;
        }
        const row = this.base[line.id][unit];
        return row && typeof row.ok === "boolean" ? row.ok : null;
    }

    isFilled(line, unit) {
        return line.kind === "measure" ? this.cellText(line, unit).trim() !== "" : this.cellMark(line, unit) !== null;
    }

    cellError(line, unit) {
        const text = line.kind === "measure" ? this.cellText(line, unit).trim() : "";
        try {
            if (text) {
                readNumber(text);
            }
            return "";
        } catch (error) {
            return error.message;
        }
    }

    /** "ok", "ng", "bad" (unreadable) or "" (nothing, or no limits): what the cell is coloured by. */
    cellTone(line, unit) {
        if (line.kind !== "measure") {
            const mark = this.cellMark(line, unit);
            return mark === null ? "" : mark ? "ok" : "ng";
        }
        const text = this.cellText(line, unit).trim();
        if (!text) {
            return "";
        }
        const typed = this.edits.cells[line.id]?.[unit];
        const row = this.base[line.id][unit];
        if (!typed && row && typeof row.ok === "boolean") {
            return row.ok ? "ok" : "ng";
        }
        try {
            return this.toneOf(line, readNumber(text), this.cellUom(line, unit));
        } catch {
            return "bad";
        }
    }

    toneOf(line, value, uomId) {
        const uom = (line.units || []).find((one) => one.id === uomId);
        const number = value * (uom ? uom.factor : 1);
        const slack = NEAR * Math.max(1, Math.abs(number));
        if (line.has_lower && number < line.lower - slack) {
            return "ng";
        }
        if (line.has_upper && number > line.upper + slack) {
            return "ng";
        }
        return line.has_lower || line.has_upper ? "ok" : "";
    }

    setText(line, unit, text) {
        if (text === this.cellText(line, unit)) {
            return;
        }
        this.write(line, unit, { text, uom_id: text.trim() ? this.uomOf(line) : false });
    }

    setMark(line, unit, mark) {
        if (mark !== this.cellMark(line, unit)) {
            this.write(line, unit, { mark });
        }
    }

    /** A unit of measurement typed behind the number ("1000 g") is taken for that cell. */
    settleText(line, unit) {
        const { number, unit: name } = splitUnit(this.edits.cells[line.id]?.[unit]?.text ?? "");
        const same = (uom) => splitUnit(`1${uom.name}`).unit.toLowerCase() === name.toLowerCase();
        const uom = name && (line.units || []).find(same);
        if (uom) {
            this.write(line, unit, { text: number, uom_id: uom.id });
        }
    }

    write(line, unit, cell) {
        (this.edits.cells[line.id] ||= {})[unit] = cell;
    }

    /** Mark every unit of a pass/fail line that has no result yet. */
    markRest(line, mark) {
        for (let unit = 1; unit <= line.sample_size; unit++) {
            if (!this.isFilled(line, unit)) {
                this.setMark(line, unit, mark);
            }
        }
    }
}
