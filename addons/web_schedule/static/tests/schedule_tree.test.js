import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";

import { ScheduleArchParser } from "@web_schedule/schedule_arch_parser";
import { buildRows, groupsOf } from "@web_schedule/schedule_tree";

describe.current.tags("headless");
beforeEach(allowTranslations);

const FIELDS = {
    kind: {
        type: "selection",
        selection: [
            ["b", "Second letter"],
            ["a", "First letter"],
        ],
    },
    partner: { type: "many2one" },
    tags: { type: "many2many" },
    day: { type: "date" },
    done: { type: "boolean" },
    parent: { type: "many2one" },
    properties: { type: "properties" },
    date_from: { type: "datetime", string: "From" },
    date_to: { type: "datetime", string: "To", readonly: true },
};

function rowsOf(records, options = {}) {
    const rows = buildRows({
        records: records.map((record) => ({ display_name: `item ${record.id}`, ...record })),
        contextIds: new Set(),
        groupBy: [],
        fields: FIELDS,
        parent: "parent",
        ...options,
    });
    const label = (row) => (row.kind === "group" ? ` ${row.text} (${row.count})` : "");
    return rows.map((row) => `${row.id}<${row.parent}${label(row)}`);
}

test("items stand under their parents, which may come later", () => {
    const rows = rowsOf([{ id: 2, parent: { id: 1 } }, { id: 1 }, { id: 3, parent: { id: 9 } }]);
    expect(rows).toEqual(["r1<0", "r2<r1", "r3<0"]);
});

test("groups: a selection in its own order, records by name, none last", () => {
    const records = [
        { id: 1, kind: "a", partner: { id: 5, display_name: "Five" } },
        { id: 2, kind: false, partner: false },
        { id: 3, kind: "b", partner: { id: 5, display_name: "Five" } },
    ];
    expect(rowsOf(records, { groupBy: ["kind", "partner", "properties.x"] })).toEqual([
        "/gb<0 Second letter (1)",
        "/gb/g5</gb Five (1)",
        "r3</gb/g5",
        "/ga<0 First letter (1)",
        "/ga/g5</ga Five (1)",
        "r1</ga/g5",
        "/g<0 None (1)",
        "/g/g</g None (1)",
        "r2</g/g",
    ]);
});

test("an item with several values stands in each group, once as itself", () => {
    const tags = [
        { id: 1, display_name: "One" },
        { id: 2, display_name: "Two" },
    ];
    expect(rowsOf([{ id: 8, tags }], { groupBy: ["tags"] })).toEqual([
        "/g1<0 One (1)",
        "r8</g1",
        "/g2<0 Two (1)",
        "/g2/r8</g2",
    ]);
});

test("a parent in another group does not pull its items out of theirs; context without items is left out", () => {
    const records = [
        { id: 1, kind: "a" },
        { id: 2, kind: "b", parent: { id: 1 } },
    ];
    expect(rowsOf(records, { groupBy: ["kind"], contextIds: new Set([1]) })).toEqual([
        "/gb<0 Second letter (1)",
        "r2</gb",
    ]);
    expect(rowsOf(records, { contextIds: new Set([1]) })).toEqual(["r1<0", "r2<r1"]);
});

test("dates and booleans are grouped as in a list", () => {
    expect(groupsOf({ day: "2026-03-11" }, "day:month", FIELDS)).toEqual([["2026-03-01", "March 2026"]]);
    expect(groupsOf({ day: "2026-03-11" }, "day:year", FIELDS)).toEqual([["2026-01-01", "2026"]]);
    expect(String(groupsOf({ done: true }, "done", FIELDS)[0][1])).toBe("Yes");
});

test("two thousand items are laid out at once", () => {
    const records = Array.from({ length: 2000 }, (_, place) => ({ id: place + 1, kind: place % 2 ? "a" : "b" }));
    expect(rowsOf(records, { groupBy: ["kind"] })).toHaveLength(2002);
});

function parse(xml) {
    const arch = new DOMParser().parseFromString(xml, "text/xml").documentElement;
    return new ScheduleArchParser().parse(arch, { item: { fields: FIELDS } }, "item");
}

test("arch: roles that the user may not read are left out, the two dates are needed", () => {
    const info = parse(
        '<schedule date_start="date_from" date_stop="date_to" deadline="secret" default_scale="month"/>'
    );
    expect(info.roles).toEqual({ date_start: "date_from", date_stop: "date_to" });
    expect(info.scale).toBe("month");
    expect(() => parse('<schedule date_start="secret" date_stop="date_to"/>')).toThrow(/date_start/);
});

test("arch: columns, what is optional, and which end may be moved", () => {
    const info = parse(`
        <schedule date_start="date_from" date_stop="date_to" limit="50">
            <field name="kind" string="Sort" optional="hide"/>
            <field name="done" invisible="1"/>
            <field name="date_from" readonly="done"/>
        </schedule>`);
    expect(info.columns.map((column) => [column.name, column.string])).toEqual([
        ["kind", "Sort"],
        ["date_from", "From"],
    ]);
    expect(info.columns[0].optional).toEqual({ shown: false });
    expect(info.fieldNames).toEqual(["kind", "done", "date_from"]);
    expect(info.readonly).toEqual({ date_from: "done" });
    expect(info.movable).toEqual({ start: true, stop: false });
    const own =
        '<schedule date_start="date_from" date_stop="date_to"><field name="date_to" readonly="done"/></schedule>';
    expect(parse(own).movable).toEqual({ start: true, stop: true });
    expect(info.limit).toBe(50);
    expect(parse('<schedule date_start="date_from" date_stop="date_to" edit="0"/>').movable.start).toBe(false);
});
