import { _t } from "@web/core/l10n/translation";

import { readCount } from "./entry_numbers";

/** Why a text is no count; "" for a count, and for nothing. */
export function countError(text) {
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
export function problemText(line, unit, error) {
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
