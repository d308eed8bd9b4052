import { _t } from "@web/core/l10n/translation";
import { deserializeDate, deserializeDateTime } from "@web/core/l10n/dates";

import { startOf } from "./schedule_dates";

const GROUPED_DATES = {
    year: (moment) => moment.toFormat("yyyy"),
    quarter: (moment) => _t("Q%(quarter)s %(year)s", { quarter: moment.quarter, year: moment.year }),
    month: (moment) => moment.toLocaleString({ month: "long", year: "numeric" }),
    week: (moment) => _t("W%(week)s %(year)s", { week: moment.weekNumber, year: moment.weekYear }),
    day: (moment) => moment.toLocaleString(),
};

/**
 * What a record is grouped under, for one "group by".
 *
 * @returns {[string, string][]} key and label; several for what holds several values
 */
export function groupsOf(record, groupBy, fields) {
    const [name, interval] = groupBy.split(":");
    const field = fields[name];
    const value = record[name];
    if (field.type === "boolean") {
        return [[String(Boolean(value)), value ? _t("Yes") : _t("No")]];
    }
    if (value === false || value === null || value === undefined || value.length === 0) {
        return [["", field.falsy_value_label || _t("None")]];
    }
    switch (field.type) {
        case "many2one":
            return [[String(value.id), value.display_name]];
        case "many2many":
        case "one2many":
            return value.map((other) => [String(other.id), other.display_name]);
        case "selection":
            return [[value, Object.fromEntries(field.selection)[value] || value]];
        case "date":
        case "datetime": {
            const unit = interval in GROUPED_DATES ? interval : "month";
            const moment = (field.type === "date" ? deserializeDate : deserializeDateTime)(value);
            return [[startOf(moment, unit).toISODate(), GROUPED_DATES[unit](moment)]];
        }
    }
    return [[String(value), String(value)]];
}

/** The "group by"s that the timeline can show: those of fields of the model itself. */
export function shownGroups(groupBy, fields) {
    return groupBy.filter((group) => {
        const field = fields[group.split(":")[0]];
        return field && !["properties", "json", "binary"].includes(field.type);
    });
}

/**
 * The lines of the timeline from top to bottom, each after what it stands under.
 *
 * @param {Object} params
 * @param {Object[]} params.records in the order of the server
 * @param {Set<number>} params.contextIds records that are there for what is under them only
 * @param {string[]} params.groupBy
 * @param {Object} params.fields
 * @param {string} [params.parent] field that leads to the record above
 * @returns {Object[]} `id`, `parent` (id of a line, or 0), `kind` ("group" or "record"), `text`; of a group `count`, of a
 *  record `resId`, `isContext`, `isSummary`
 */
export function buildRows(params) {
    return new Tree(params).rows;
}

class Tree {
    constructor({ records, contextIds, groupBy, fields, parent }) {
        Object.assign(this, { contextIds, fields, parent, rows: [], used: new Set() });
        this.groupBy = shownGroups(groupBy, fields);
        const root = newNode("", 0);
        for (const record of records) {
            this.nodesOf(root, record).forEach((node) => node.members.set(record.id, record));
        }
        this.sortSelections(root, this.groupBy);
        this.addNode(root);
    }

    /** A selection has an order of its own, which the database does not know. */
    sortSelections(node, [group, ...others]) {
        const field = group && this.fields[group.split(":")[0]];
        if (field?.type === "selection") {
            const order = [...field.selection.map(([value]) => encodeURIComponent(value)), ""];
            node.children = new Map([...node.children].sort(([one], [two]) => order.indexOf(one) - order.indexOf(two)));
        }
        if (group) {
            node.children.forEach((child) => this.sortSelections(child, others));
        }
    }

    /** The groups that a record stands in; made where they are missing. */
    nodesOf(root, record) {
        let nodes = [root];
        for (const group of this.groupBy) {
            const labels = groupsOf(record, group, this.fields);
            nodes = nodes.flatMap((node) => labels.map(([key, text]) => this.childOf(node, key, text)));
        }
        return nodes;
    }

    childOf(node, key, text) {
        key = encodeURIComponent(key);
        if (!node.children.has(key)) {
            node.children.set(key, newNode(text, `${node.id || ""}/g${key}`));
        }
        return node.children.get(key);
    }

    /** @returns {number} how many records stand under the node, those shown as context not counted */
    addNode(node) {
        let count = 0;
        for (const child of node.children.values()) {
            const row = { id: child.id, parent: node.id, kind: "group", text: child.text, count: 0 };
            this.rows.push(row);
            row.count = this.addNode(child);
            count += row.count;
            if (!row.count) {
                this.rows.pop();
            }
        }
        return count + this.addRecords(node);
    }

    addRecords(node) {
        const below = Map.groupBy(node.members.values(), (record) => this.aboveOf(record, node));
        const isNeeded = (record) => !this.contextIds.has(record.id) || (below.get(record.id) || []).some(isNeeded);
        let count = 0;
        const add = (record, parent) => {
            const children = (below.get(record.id) || []).filter(isNeeded);
            const isContext = this.contextIds.has(record.id);
            const id = this.used.has(record.id) ? `${node.id}/r${record.id}` : `r${record.id}`;
            this.used.add(record.id);
            count += isContext ? 0 : 1;
            this.rows.push({
                id,
                parent,
                kind: "record",
                text: record.display_name,
                resId: record.id,
                isContext,
                isSummary: children.length > 0,
            });
            children.forEach((child) => add(child, id));
        };
        (below.get(0) || []).filter(isNeeded).forEach((record) => add(record, node.id));
        return count;
    }

    /** The record above, where it stands in the same group. */
    aboveOf(record, node) {
        const above = this.parent && record[this.parent] && record[this.parent].id;
        return node.members.has(above) && above !== record.id ? above : 0;
    }
}

function newNode(text, id) {
    return { text, id, children: new Map(), members: new Map() };
}
