import { _t } from "@web/core/l10n/translation";

import { readCount, readNumber } from "./entry_numbers";
import { pasteBlock } from "./entry_paste";
import { EntryValues } from "./entry_values";
import { countError, problemText } from "./entry_words";

/**
 * Results of one inspection as they are typed: how far they are, what is wrong with them, and what is saved.
 *
 * Whoever draws it takes it with `useState`; see EntryValues for what it holds.
 */
export class EntryStore extends EntryValues {
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

    paste(text, unit, line) {
        return pasteBlock(this, text, unit, line);
    }
}
