import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { escape } from "@web/core/utils/strings";

import { startOfWeek, fromWall, toWall } from "../schedule_dates";
import { showColumn } from "../schedule_columns";
import { tooltipOf } from "./schedule_tooltip";

export const ROW_HEIGHT = 38;
const NAME_WIDTH = 230;
const WIDTHS = { date: 95, datetime: 150, many2one: 120, boolean: 60, integer: 70, float: 70, monetary: 90 };
/** Columns of a width, which may be narrower than what they hold, beside the timeline. */
export const layoutOf = (width) => ({
    css: "gantt_container",
    cols: [
        {
            width,
            rows: [
                { view: "grid", scrollX: "gridScroll", scrollable: true, scrollY: "scrollVer" },
                { view: "scrollbar", id: "gridScroll", group: "horizontal" },
            ],
        },
        { resizer: true, width: 1 },
        {
            rows: [
                { view: "timeline", scrollX: "scrollHor", scrollY: "scrollVer" },
                { view: "scrollbar", id: "scrollHor", group: "horizontal" },
            ],
        },
        { view: "scrollbar", id: "scrollVer" },
    ],
});

/** Everything about the drawing library that does not change with what is shown. */
export function configure(gantt, model) {
    gantt.plugins({ tooltip: true });
    Object.assign(gantt.config, {
        row_height: ROW_HEIGHT,
        bar_height: 17,
        scale_height: 48,
        duration_unit: "minute",
        min_duration: 60000,
        time_step: 15,
        round_dnd_dates: false,
        fit_tasks: false,
        show_task_cells: false,
        show_unscheduled: true,
        show_tasks_outside_timescale: true,
        show_errors: false,
        select_task: true,
        open_tree_initially: true,
        // The library draws what one takes hold of to link; the arrows are our own.
        show_links: true,
        drag_progress: false,
        drag_lightbox: false,
        details_on_dblclick: false,
        details_on_create: false,
        drag_move: true,
        drag_resize: true,
        multiselect: false,
        scroll_on_click: false,
        show_empty_state: false,
        // Where it stands is said once it is there (restore): another scroll would draw all of it twice.
        initial_scroll: false,
        wai_aria_attributes: true,
        tooltip_timeout: 300,
    });
    gantt.date.week_start = (wall) => toWall(startOfWeek(fromWall(wall)));
    gantt.i18n.setLocale(localeOf(gantt));
    setTemplates(gantt, model);
}

/** Names of months and days as the user's language has them. */
function localeOf(gantt) {
    const { Info } = luxon;
    const sunday = (names) => [names[6], ...names.slice(0, 6)];
    return {
        date: {
            month_full: Info.months("long"),
            month_short: Info.months("short"),
            day_full: sunday(Info.weekdays("long")),
            day_short: sunday(Info.weekdays("short")),
        },
        labels: { ...gantt.locale.labels, icon_close: _t("Close"), gantt_tree: _t("Name") },
    };
}

export function drawnColumns(columns, model) {
    return [
        {
            name: "text",
            label: escape(_t("Name")),
            tree: true,
            width: NAME_WIDTH,
            min_width: 120,
            resize: true,
            template: ({ row }) =>
                row.kind === "group"
                    ? `<b>${escape(row.text)}</b> <span class="text-muted">(${row.count})</span>`
                    : escape(row.text),
        },
        ...columns.map((column) => ({
            name: `o_${column.name}`,
            label: escape(column.string),
            width: column.width || WIDTHS[column.type] || 110,
            min_width: 50,
            resize: true,
            align: ["integer", "float", "monetary"].includes(column.type) ? "right" : "left",
            template: ({ row }) =>
                row.resId ? escape(showColumn(model.shown(row.resId), column.name, model.fields)) : "",
        })),
    ];
}

function setTemplates(gantt, model) {
    Object.assign(gantt.templates, {
        task_text: (start, end, { row }) => (row.kind === "group" || row.isSummary ? "" : escape(row.text)),
        rightside_text: (start, end, { type, row }) => (type === "milestone" ? escape(row.text) : ""),
        task_class: (start, end, task) => barClass(task.row, model),
        grid_row_class: (start, end, { row }) => rowClass(row, model),
        task_row_class: (start, end, { row }) => rowClass(row, model),
        tooltip_text: (start, end, { row }) => tooltipOf(row, model),
        grid_folder: () => "",
        grid_file: () => "",
    });
    gantt.config.rtl = localization.direction === "rtl";
}

function barClass(row, model) {
    if (row.kind === "group") {
        return "o_schedule_bar o_group";
    }
    const record = model.records.get(row.resId);
    const classes = ["o_schedule_bar", `o_color_${model.items.colorOf(record)}`];
    if (model.items.isCritical(record)) {
        classes.push("o_critical");
    }
    if (row.isSummary) {
        classes.push("o_summary");
    }
    if (row.isContext || !model.items.movableSides(record).length) {
        classes.push("o_fixed");
    }
    if (row.resId in model.moves.changes) {
        classes.push("o_moved");
    }
    return classes.join(" ");
}

function rowClass(row, model) {
    const classes = [row.kind === "group" ? "o_schedule_group_row" : "o_schedule_record_row"];
    if (row.isContext) {
        classes.push("o_context");
    }
    if (row.resId in model.moves.changes) {
        classes.push("o_moved");
    }
    return classes.join(" ");
}
