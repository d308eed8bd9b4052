import { beforeEach } from "@odoo/hoot";
import { mockDate } from "@odoo/hoot-mock";
import { defineModels, fields, models, mountView, onRpc, preloadBundle } from "@web/../tests/web_test_helpers";

const ARCH = `
    <schedule date_start="planned_start" date_stop="planned_finish" baseline_start="baseline_start"
              baseline_stop="baseline_finish" progress="progress" critical="is_critical" milestone="is_milestone"
              parent="parent_id" color="kind" default_scale="week">
        <field name="kind"/>
        <field name="planned_start" readonly="state == 'done'"/>
        <field name="planned_finish" readonly="state == 'done'" optional="hide"/>
        <!-- The real server adds the fields that attributes name, the mock does not. -->
        <field name="state" invisible="1"/>
        <field name="baseline_start" invisible="1"/>
        <field name="baseline_finish" invisible="1"/>
        <field name="progress" invisible="1"/>
        <field name="is_critical" invisible="1"/>
        <field name="is_milestone" invisible="1"/>
        <field name="parent_id" invisible="1"/>
    </schedule>`;

export class Item extends models.Model {
    _name = "item";

    name = fields.Char();
    kind = fields.Selection({
        selection: [
            ["design", "Design"],
            ["assembly", "Assembly"],
        ],
    });
    state = fields.Selection({
        selection: [
            ["open", "Open"],
            ["done", "Done"],
        ],
    });
    parent_id = fields.Many2one({ relation: "item" });
    planned_start = fields.Datetime();
    planned_finish = fields.Datetime();
    baseline_start = fields.Datetime();
    baseline_finish = fields.Datetime();
    progress = fields.Float();
    is_critical = fields.Boolean();
    is_milestone = fields.Boolean();

    _records = [
        item(1, "Drawings", "2026-03-10", "2026-03-11", {
            kind: "design",
            baseline_start: "2026-03-09 08:00:00",
            baseline_finish: "2026-03-10 16:00:00",
            progress: 50,
            is_critical: true,
        }),
        item(2, "Wiring", "2026-03-12", "2026-03-13", { kind: "assembly", is_critical: true }),
        item(3, "Released", "2026-03-13", "2026-03-13", { kind: "design", is_milestone: true }),
        item(4, "Frozen", "2026-03-10", "2026-03-10", { kind: "assembly", state: "done" }),
    ];
    _views = {
        schedule: ARCH,
        search: `<search><filter name="by_kind" string="Kind" context="{'group_by': 'kind'}"/></search>`,
        form: `<form><field name="name"/></form>`,
        list: `<list><field name="name"/></list>`,
    };
}

function item(id, name, start, stop, values = {}) {
    return {
        id,
        name,
        state: "open",
        planned_start: `${start} 08:00:00`,
        planned_finish: `${stop} 16:00:00`,
        ...values,
    };
}

/** The server's side, as `models/base.py` answers: every item is read, Wiring follows Drawings and Released is pinned. */
function mockSchedule() {
    onRpc("schedule_read", function ({ model, args, kwargs }) {
        const { roles, fields: specification } = kwargs.view_spec;
        const named = { display_name: {}, parent_id: { fields: { display_name: {} } } };
        for (const name of Object.values(roles)) {
            named[name] ||= {};
        }
        const { records } = this.env[model].web_search_read(args[0], { ...specification, ...named });
        return {
            records,
            context_ids: [],
            length: records.length,
            links: [{ id: 7, source: 1, target: 2, type: "fs", lag: "" }],
            can_link: true,
            off_times: [["2026-03-14 00:00:00", "2026-03-16 00:00:00"]],
            markers: [{ date: "2026-03-15 00:00:00", text: "Promised", css: "promised" }],
            bounds: ["2026-03-10 08:00:00", "2026-03-13 16:00:00"],
            undated: 0,
        };
    });
    onRpc("schedule_preview", ({ args }) => ({
        changes: { ...withoutSeen(args[0]), 2: { start: "2026-03-14 08:00:00", stop: "2026-03-15 16:00:00" } },
        messages: ["Released is pinned by hand and does not move."],
        markers: [{ date: "2026-03-17 00:00:00", text: "Promised date would be missed by 2 days", css: "late" }],
    }));
    onRpc("schedule_move", function ({ model, args }) {
        const undo = {};
        for (const [id, change] of Object.entries(withoutSeen(args[0]))) {
            const [{ planned_start, planned_finish }] = this.env[model].browse(parseInt(id));
            undo[id] = { start: planned_start, stop: planned_finish };
            this.env[model].write([parseInt(id)], {
                ...(change.start && { planned_start: change.start }),
                ...(change.stop && { planned_finish: change.stop }),
            });
        }
        return { changes: withoutSeen(args[0]), messages: [], markers: [], undo };
    });
    onRpc("schedule_link", () => ({ id: 8, messages: ["Moves along: Released."] }));
    onRpc("schedule_unlink", () => ({ messages: [] }));
    onRpc("has_group", () => true);
}

function withoutSeen(changes) {
    return Object.fromEntries(
        Object.entries(changes).map(([id, change]) => [
            id,
            Object.fromEntries(Object.entries(change).filter(([key]) => key !== "was")),
        ])
    );
}

/** For each file of tests. */
export function setUpSchedule() {
    defineModels([Item]);
    preloadBundle("web_schedule.assets_gantt");
    beforeEach(() => {
        mockDate("2026-03-11 10:00:00", 0);
        mockSchedule();
    });
}

/** Open the timeline of the items on Wednesday 2026-03-11, in UTC. */
export function openSchedule(params = {}) {
    return mountView({ type: "schedule", resModel: "item", ...params });
}
