import { _t } from "@web/core/l10n/translation";

import { showNumber } from "./entry_numbers";

/** "9.9 – 10.1 mm", "≥ 9.9 mm", "≤ 10.1 mm"; "" without limits. */
export function toleranceText(line) {
    const uom = line.uom ? ` ${line.uom.name}` : "";
    if (line.has_lower && line.has_upper) {
        return `${showNumber(line.lower)} \u2013 ${showNumber(line.upper)}${uom}`;
    }
    if (line.has_lower) {
        return `\u2265 ${showNumber(line.lower)}${uom}`;
    }
    return line.has_upper ? `\u2264 ${showNumber(line.upper)}${uom}` : "";
}

export function targetText(line) {
    return line.has_target ? _t("target %(value)s", { value: showNumber(line.target) }) : "";
}

/** Key that a draft, a filter or a colour needs for a class: critical, major, minor. */
export function classTone(defectClass) {
    return (
        { critical: "text-bg-danger", major: "text-bg-warning", minor: "text-bg-info" }[defectClass] || "text-bg-light"
    );
}

export function classLabel(defectClass) {
    return { critical: _t("Critical"), major: _t("Major"), minor: _t("Minor") }[defectClass] || "";
}

export function unitText(store, unit) {
    const name = store.unitName(unit);
    return name ? _t("Unit %(unit)s, %(name)s", { unit, name }) : _t("Unit %(unit)s", { unit });
}
