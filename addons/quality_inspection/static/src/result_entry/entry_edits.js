/**
 * What was typed and is not saved yet.
 *
 * @typedef {Object} Edits
 * @property {Object<number, Object<number, {text?: string, mark?: boolean|null, uom_id?: number}>>} cells
 *  by line, then by unit number; an empty text takes the value away
 * @property {Object<number, {defects?: string, text_value?: string, instrument_id?: number}>} lines
 * @property {Object<number, string>} samples nonconforming typed by hand
 * @property {Object<number, number>} units serial of a unit number
 */

export function emptyEdits() {
    return { cells: {}, lines: {}, samples: {}, units: {} };
}

export function isEmpty(edits) {
    return Object.values(edits).every((part) => Object.keys(part).length === 0);
}

/** Remove from a tree of edits the leaves that are still as they were sent. */
export function dropSame(edits, sent) {
    for (const [key, value] of Object.entries(sent)) {
        if (key in edits && JSON.stringify(edits[key]) === JSON.stringify(value)) {
            delete edits[key];
        } else if (key in edits && value && typeof value === "object" && !("text" in value || "mark" in value)) {
            dropSame(edits[key], value);
        }
    }
}
