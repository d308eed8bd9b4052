import { _t } from "@web/core/l10n/translation";
import { escape } from "@web/core/utils/strings";

import { showColumn } from "../schedule_columns";
import { SPANS } from "../schedule_items";

const NAMES = { planned: _t("Planned"), baseline: _t("Baseline"), actual: _t("Actual"), forecast: _t("Forecast") };

/** What is known of an item: its dates of every kind, its progress, and the columns. */
export function tooltipLines(row, model) {
    const record = model.shown(row.resId);
    const { roles } = model.archInfo;
    const show = (role) => model.items.textOf(record, role);
    const lines = [];
    for (const [name, [start, stop]] of Object.entries(SPANS)) {
        if (show(start) || show(stop)) {
            lines.push([NAMES[name], `${show(start) || "…"} – ${show(stop) || "…"}`]);
        }
    }
    if (show("deadline")) {
        lines.push([model.fields[roles.deadline].string, show("deadline")]);
    }
    if (roles.progress) {
        lines.push([_t("Progress"), `${Math.round(model.items.progressOf(record))} %`]);
    }
    const shown = new Set(
        Object.keys(roles)
            .filter((role) => role !== "color")
            .map((role) => roles[role])
    );
    for (const { name, string } of model.archInfo.columns) {
        const text = shown.has(name) ? "" : showColumn(record, name, model.fields);
        if (text) {
            lines.push([string, text]);
        }
    }
    return lines;
}

export function tooltipOf(row, model) {
    if (!row?.resId) {
        return row ? escape(row.text) : "";
    }
    const lines = tooltipLines(row, model).map(
        ([label, text]) => `<tr><td class="opacity-75 pe-2">${escape(label)}</td><td>${escape(text)}</td></tr>`
    );
    return `<b>${escape(row.text)}</b><table>${lines.join("")}</table>`;
}
