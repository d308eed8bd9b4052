import { _t } from "@web/core/l10n/translation";

import { fromWall, startOf } from "./schedule_dates";

/**
 * How far the timeline is zoomed in: what fills about a screen (`unit`), the smallest cell, its width, and by how much a
 * bar moves at least (`snap`).
 */
export const SCALES = {
    day: { description: _t("Day"), unit: "day", cell: "hour", width: 44, snap: { minutes: 15 } },
    week: { description: _t("Week"), unit: "week", cell: "day", width: 120, snap: { days: 1 } },
    month: { description: _t("Month"), unit: "month", cell: "day", width: 32, snap: { days: 1 } },
    quarter: { description: _t("Quarter"), unit: "quarter", cell: "week", width: 72, snap: { days: 1 } },
};
export const SCALE_NAMES = Object.keys(SCALES);

/** The scale one step further in (-1) or out (+1); itself at the end. */
export function zoomed(scale, step) {
    return SCALE_NAMES[SCALE_NAMES.indexOf(scale) + step] || scale;
}

export function plusUnits(moment, scale, number) {
    const unit = SCALES[scale].unit;
    return unit === "quarter" ? moment.plus({ months: 3 * number }) : moment.plus({ [`${unit}s`]: number });
}

/**
 * A part of the timeline around a moment: its unit, and some units before and after.
 *
 * @param {string} scale
 * @param {import("luxon").DateTime} focus
 * @param {number} [before]
 * @param {number} [after]
 */
export function windowAround(scale, focus, before = 0, after = 0) {
    const start = startOf(focus, SCALES[scale].unit);
    return { start: plusUnits(start, scale, -before), stop: plusUnits(start, scale, 1 + after) };
}

const isoWeek = (moment) => _t("W%(week)s", { week: moment.weekNumber });
/** The two lines above the timeline: unit, how a date is written in it, and a class. */
const LINES = {
    day: [
        ["day", (moment) => moment.toLocaleString({ weekday: "long", month: "long", day: "numeric", year: "numeric" })],
        ["hour", (moment) => moment.toFormat("HH:mm")],
    ],
    week: [
        [
            "week",
            (moment) => `${moment.toLocaleString({ month: "long", year: "numeric" })} ${isoWeek(weekday(moment))}`,
        ],
        ["day", (moment) => moment.toLocaleString({ weekday: "short", month: "numeric", day: "numeric" })],
    ],
    month: [
        ["month", (moment) => moment.toLocaleString({ month: "long", year: "numeric" })],
        ["day", (moment) => String(moment.day)],
    ],
    quarter: [
        ["month", (moment) => moment.toLocaleString({ month: "long", year: "numeric" })],
        [
            "week",
            (moment) => `${isoWeek(weekday(moment))} ${moment.toLocaleString({ month: "numeric", day: "numeric" })}`,
            "o_small",
        ],
    ],
};

/** The number of a week is that of its Thursday, on whichever day the user's week begins. */
function weekday(moment) {
    return moment.plus({ days: (4 - moment.weekday + 7) % 7 });
}

/** The lines above the timeline as the drawing library takes them. */
export function drawnScales(scale) {
    return LINES[scale].map(([unit, show, css = ""]) => ({
        unit,
        step: 1,
        format: (wall) => show(fromWall(wall)),
        css: () => css,
    }));
}
