import { _t } from "@web/core/l10n/translation";

import { blockSign, readBlock, readCount, readMark, readNumber, showNumber, splitUnit } from "./entry_numbers";

/**
 * Results of one inspection as they are typed: what the server holds, and the edits that lie above it.
 *
 * Nothing is decided here. Red and green come from the limits that the server sent and are replaced by its
 * own judgement at every save; sampling, verdict and quantities are the server's alone.
 *
 * @typedef {Object} Edits
 * @property {Object<number, Object<number, {text?: string, mark?: boolean|null, uom_id?: number}>>} cells
 *  by line, then by unit number; an empty text takes the value away
 * @property {Object<number, {defects?: string, text_value?: string, instrument_id?: number}>} lines
 * @property {Object<number, string>} samples nonconforming typed by hand
 * @property {Object<number, number>} units serial of a unit number
 */

const NEAR = 1e-9;

export function emptyEdits() {
    return { cells: {}, lines: {}, samples: {}, units: {} };
}

function isEmpty(edits) {
    return Object.values(edits).every((part) => Object.keys(part).length === 0);
}

/** Remove from a tree of edits the leaves that are still as they were sent. */
function dropSame(edits, sent) {
    for (const [key, value] of Object.entries(sent)) {
        if (key in edits && JSON.stringify(edits[key]) === JSON.stringify(value)) {
            delete edits[key];
        } else if (key in edits && value && typeof value === "object" && !("text" in value || "mark" in value)) {
            dropSame(edits[key], value);
        }
    }
}

export class EntryStore {
    constructor(data, edits = emptyEdits()) {
        this.edits = { ...emptyEdits(), ...edits };
        // units of measurement chosen for what is typed next, by line
        this.uoms = {};
        this.load(data);
    }

    /** Take what the server holds; the edits stay above it. */
    load(data) {
        this.data = data;
        this.lineById = Object.fromEntries(data.lines.map((line) => [line.id, line]));
        this.base = {};
        for (const line of data.lines) {
            this.base[line.id] = Object.fromEntries(line.measurements.map((row) => [row.unit_no, row]));
        }
        this.unitNames = Object.fromEntries((data.units || []).map((unit) => [unit.unit_no, unit]));
        this.serialById = Object.fromEntries((data.serials || []).map((serial) => [serial.id, serial]));
    }

    forget() {
        this.edits = emptyEdits();
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

    // progress -----------------------------------------------------------------------------------------

    filledOf(line) {
        if (!line.per_unit) {
            return this.isLineFilled(line) ? 1 : 0;
        }
        let filled = 0;
        for (let unit = 1; unit <= line.sample_size; unit++) {
            filled += this.isFilled(line, unit) ? 1 : 0;
        }
        return filled;
    }

    neededOf(line) {
        return line.per_unit ? line.sample_size : 1;
    }

    isLineFilled(line) {
        if (line.per_unit) {
            return this.filledOf(line) >= line.sample_size;
        }
        const hasText = Boolean((this.lineValue(line, "text_value") || "").trim());
        const hasPhoto = Boolean(line.attachments.length);
        const filled = { text: hasText, photo: hasPhoto, document: hasText || hasPhoto };
        return filled[line.kind] ?? this.defectsText(line).trim() !== "";
    }

    /** Share of the results that have been entered, 0 to 100. */
    get progress() {
        let filled = 0;
        let needed = 0;
        for (const line of this.data.lines) {
            filled += this.filledOf(line);
            needed += this.neededOf(line);
        }
        return needed ? Math.round((100 * filled) / needed) : 0;
    }

    /** "ok", "ng" or "": how a line looks with what is typed. */
    lineTone(line) {
        if (line.per_unit) {
            if (this.badUnits([line]).size) {
                return "ng";
            }
            return this.filledOf(line) ? "ok" : "";
        }
        if (this.defectsOf(line)) {
            return "ng";
        }
        return this.isLineFilled(line) ? "ok" : "";
    }

    badUnits(lines) {
        const bad = new Set();
        for (const line of lines) {
            for (let unit = 1; unit <= line.sample_size; unit++) {
                if (this.cellTone(line, unit) === "ng") {
                    bad.add(unit);
                }
            }
        }
        return bad;
    }

    /**
     * What was found in a class: the server's count, or, while something of it is not saved, a count of the
     * red cells and typed defects, marked as such.
     *
     * @returns {{count: number, saved: boolean}}
     */
    foundOf(sample) {
        const lines = this.data.lines.filter((line) => line.sample_id === sample.id);
        if (!lines.some((line) => this.isLineDirty(line))) {
            return { count: sample.nonconforming || 0, saved: true };
        }
        const [units, counts] = [lines.filter((line) => line.per_unit), lines.filter((line) => !line.per_unit)];
        const typed = counts.map((line) => this.defectsOf(line) || 0);
        return { count: this.badUnits(units).size + typed.reduce((sum, one) => sum + one, 0), saved: false };
    }

    /**
     * Whether the units found may be counted by hand: one unit may have several of the counted defects.
     */
    canCountUnits(sample) {
        const lines = this.data.lines.filter((line) => line.sample_id === sample.id && this.isCounted(line));
        const defects = lines.reduce((sum, line) => sum + (this.defectsOf(line) || 0), 0);
        return sample.measure === "items" && (defects > 1 || this.unitsText(sample) !== "");
    }

    unitsText(sample) {
        return this.edits.samples[sample.id] ?? (sample.nonconforming_typed ? String(sample.nonconforming) : "");
    }

    // errors and saving --------------------------------------------------------------------------------

    /** Everything that cannot be saved as it stands, with the place to jump to. */
    get errors() {
        const errors = [];
        for (const [lineId, cells] of Object.entries(this.edits.cells)) {
            const line = this.lineById[lineId];
            for (const unit of line ? Object.keys(cells).map(Number) : []) {
                const message = this.cellError(line, unit);
                if (message) {
                    errors.push({ line, unit, text: problemText(line, unit, message) });
                }
            }
        }
        for (const [id, text] of Object.entries(this.edits.samples)) {
            const sample = this.data.samples.find((one) => one.id === Number(id));
            const message = sample && countError(text);
            if (message) {
                errors.push({ text: _t("%(line)s: %(error)s", { line: sample.class_label, error: message }) });
            }
        }
        for (const line of this.countLines) {
            const message = this.defectsError(line);
            if (message) {
                errors.push({ line, unit: 0, text: problemText(line, 0, message) });
            }
        }
        return errors;
    }

    /** What `save_results` takes; only lines that were changed. */
    get payload() {
        // a serial that was given to a unit is saved with the results of that unit
        const moved = Object.keys(this.edits.units).map(Number);
        const lines = this.data.lines.filter(
            (line) => this.isLineDirty(line) || (line.per_unit && moved.some((unit) => this.isFilled(line, unit)))
        );
        return {
            revision: this.data.revision,
            lines: lines.map((line) => this.linePayload(line)),
            samples: Object.entries(this.edits.samples).map(([id, text]) => ({
                id: Number(id),
                nonconforming: text.trim() ? readCount(text) : false,
            })),
        };
    }

    linePayload(line) {
        const count = this.defectsOf(line);
        return {
            id: line.id,
            defect_count: count === null ? false : count,
            text_value: this.lineValue(line, "text_value") || "",
            instrument_id: this.instrumentId(line) || false,
            measurements: line.per_unit ? this.measurements(line) : [],
        };
    }

    measurements(line) {
        const rows = [];
        for (let unit = 1; unit <= line.sample_size; unit++) {
            if (!this.isFilled(line, unit)) {
                continue;
            }
            const isMeasure = line.kind === "measure";
            rows.push({
                unit_no: unit,
                lot_id: this.unitLot(unit),
                value: isMeasure ? this.numberOf(line, unit) : false,
                ok: isMeasure ? null : this.cellMark(line, unit),
                text: this.base[line.id][unit]?.text || "",
                uom_id: isMeasure ? this.cellUom(line, unit) : false,
            });
        }
        return rows;
    }

    /** What was not touched goes back as it came, not as it is shown. */
    numberOf(line, unit) {
        const typed = this.edits.cells[line.id]?.[unit];
        return typed?.text === undefined ? this.base[line.id][unit].value : readNumber(typed.text);
    }

    // paste ----------------------------------------------------------------------------------------------

    /**
     * Put a copied block into the grid, its first cell at (unit, line). Empty cells leave what stands there.
     *
     * @returns {{filled: number, problems: {text: string, line?: Object, unit?: number}[]}} problems name
     *  the very cells
     */
    paste(text, unit, line) {
        const columns = this.gridLines;
        const first = columns.indexOf(line);
        let rows = readBlock(text);
        const isHeader = (cell) => columns.some((one) => one.name.trim() === cell);
        const titles = rows[0].filter((cell) => cell !== "");
        if (rows.length > 1 && titles.length && titles.every(isHeader)) {
            rows = rows.slice(1);
        }
        // only where numbers are measured does a comma say how decimals are written
        const isMeasured = (at) => columns[first + at]?.kind === "measure";
        const sign = blockSign(rows.map((row) => row.filter((_cell, at) => isMeasured(at))));
        const answer = { filled: 0, problems: [] };
        const outside = new Set();
        rows.forEach((row, rowAt) => {
            row.forEach((cell, columnAt) => {
                if (cell === "") {
                    return;
                }
                const target = columns[first + columnAt];
                const place = unit + rowAt;
                if (!target) {
                    outside.add(_t("column %(number)s of the block", { number: columnAt + 1 }));
                } else if (!this.isOpen(target, place)) {
                    outside.add(_t("%(line)s, unit %(unit)s", { line: target.name, unit: place }));
                } else {
                    this.pasteCell(target, place, cell, sign, answer);
                }
            });
        });
        if (outside.size) {
            const places = someOf([...outside]);
            answer.problems.push({ text: _t("Beyond the sample, left out: %(places)s", { places }) });
        }
        return answer;
    }

    pasteCell(line, unit, text, sign, answer) {
        if (line.kind === "measure") {
            this.setText(line, unit, text);
            this.settleText(line, unit);
            try {
                // what the block has settled is written the user's way
                const number = showNumber(readNumber(this.cellText(line, unit), sign));
                this.write(line, unit, { text: number, uom_id: this.cellUom(line, unit) });
                answer.filled++;
            } catch (error) {
                answer.problems.push({ line, unit, text: problemText(line, unit, error.message) });
            }
            return;
        }
        const mark = readMark(text);
        if (mark === null) {
            const message = _t('"%(text)s" is neither OK nor NG.', { text });
            answer.problems.push({ line, unit, text: problemText(line, unit, message) });
        } else {
            this.setMark(line, unit, mark);
            answer.filled++;
        }
    }
}

/** Why a text is no count; "" for a count, and for nothing. */
function countError(text) {
    try {
        if (text.trim()) {
            readCount(text);
        }
        return "";
    } catch (error) {
        return error.message;
    }
}

/** "Diameter, unit 5: ..." */
function problemText(line, unit, error) {
    return unit
        ? _t("%(line)s, unit %(unit)s: %(error)s", { line: line.name, unit, error })
        : _t("%(line)s: %(error)s", { line: line.name, error });
}

/** The first ten of many, and how many more. */
export function someOf(texts) {
    const more = texts.length - 10;
    const shown = texts.slice(0, 10).join("; ");
    return more > 0 ? _t("%(texts)s and %(more)s more", { texts: shown, more }) : shown;
}
