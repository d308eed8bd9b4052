import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

import { showValue } from "./schedule_dates";

/** The columns left of the timeline; which of the optional ones are shown is remembered by the browser. */
export class ScheduleColumns {
    constructor(columns, key) {
        this.columns = columns;
        this.key = `web_schedule.columns,${key}`;
        const stored = browser.localStorage.getItem(this.key);
        this.chosen = stored ? JSON.parse(stored) : {};
    }

    isShown({ name, optional }) {
        return !optional || (this.chosen[name] ?? optional.shown);
    }

    get optional() {
        return this.columns.filter((column) => column.optional);
    }

    get shown() {
        return this.columns.filter((column) => this.isShown(column));
    }

    toggle(name) {
        const column = this.columns.find((other) => other.name === name);
        this.chosen[name] = !this.isShown(column);
        browser.localStorage.setItem(this.key, JSON.stringify(this.chosen));
    }
}

/** A value of a record as text: dates in the user's zone, names for records, labels for selections. */
export function showColumn(record, name, fields) {
    const field = fields[name];
    const value = record[name];
    switch (field.type) {
        case "date":
        case "datetime":
            return showValue(value, field.type);
        case "many2one":
            return value ? value.display_name : "";
        case "many2many":
        case "one2many":
            return value.map((other) => other.display_name).join(", ");
        case "boolean":
            return value ? "✓" : "";
    }
    const formatter = registry.category("formatters").get(field.type, null);
    return formatter ? String(formatter(value, { field, selection: field.selection })) : String(value || "");
}
