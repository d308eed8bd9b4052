import { _t } from "@web/core/l10n/translation";

import { blockSign, readBlock, readMark, readNumber, showNumber } from "./entry_numbers";
import { problemText, someOf } from "./entry_words";

/**
 * Put a copied block into the grid, its first cell at (unit, line). Empty cells leave what stands there.
 *
 * @returns {{filled: number, problems: {text: string, line?: Object, unit?: number}[]}} problems name
 *  the very cells
 */
export function pasteBlock(store, text, unit, line) {
    const columns = store.gridLines;
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
            } else if (!store.isOpen(target, place)) {
                outside.add(_t("%(line)s, unit %(unit)s", { line: target.name, unit: place }));
            } else {
                pasteCell(store, target, place, cell, sign, answer);
            }
        });
    });
    if (outside.size) {
        const places = someOf([...outside]);
        answer.problems.push({ text: _t("Beyond the sample, left out: %(places)s", { places }) });
    }
    return answer;
}

function pasteCell(store, line, unit, text, sign, answer) {
    if (line.kind === "measure") {
        store.setText(line, unit, text);
        store.settleText(line, unit);
        try {
            // what the block has settled is written the user's way
            const number = showNumber(readNumber(store.cellText(line, unit), sign));
            store.write(line, unit, { text: number, uom_id: store.cellUom(line, unit) });
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
        store.setMark(line, unit, mark);
        answer.filled++;
    }
}
