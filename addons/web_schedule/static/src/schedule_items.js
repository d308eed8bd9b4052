import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { user } from "@web/core/user";

import { readMoment, showValue, writeMoment } from "./schedule_dates";
import { SCALES } from "./schedule_scales";

export const SIDES = { start: "date_start", stop: "date_stop" };
/** The bars of an item: name, and the roles of its two ends. */
export const SPANS = {
    planned: ["date_start", "date_stop"],
    baseline: ["baseline_start", "baseline_stop"],
    actual: ["actual_start", "actual_stop"],
    forecast: ["forecast_start", "forecast_stop"],
};

/** What the view makes of a record: its bars as moments, and whether it may be moved. */
export class ScheduleItems {
    constructor(archInfo, fields) {
        this.archInfo = archInfo;
        this.fields = fields;
        /** Dates that were read: thousands of items share a few, and reading one is slow. */
        this.moments = new Map();
        this.texts = new Map();
    }

    /** A date of a record as people read it. */
    textOf(record, role) {
        const value = this.valueOf(record, role);
        if (!value) {
            return "";
        }
        const key = `${this.typeOf(role)}${value}`;
        if (!this.texts.has(key)) {
            this.texts.set(key, showValue(value, this.typeOf(role)));
        }
        return this.texts.get(key);
    }

    typeOf(role) {
        return this.fields[this.archInfo.roles[role]].type;
    }

    valueOf(record, role) {
        const name = this.archInfo.roles[role];
        return name ? record[name] : undefined;
    }

    momentOf(record, role, isStop = false) {
        const value = this.valueOf(record, role);
        if (!value) {
            return null;
        }
        const key = `${value}${isStop}`;
        if (!this.moments.has(key)) {
            this.moments.set(key, readMoment(value, this.typeOf(role), isStop));
        }
        return this.moments.get(key);
    }

    /**
     * @param {Object} record
     * @param {"planned"|"baseline"|"actual"|"forecast"} name
     * @returns {{start, stop}|null} moments; a bar with one end only is a point, what has begun goes on until now
     */
    spanOf(record, name) {
        const [first, last] = SPANS[name];
        const start = this.momentOf(record, first);
        let stop = this.momentOf(record, last, true);
        if (start && !stop && name === "actual") {
            const now = luxon.DateTime.now();
            stop = now > start ? now : start;
        }
        if (!start && !stop) {
            return null;
        }
        return { start: start || stop, stop: stop && start && stop < start ? start : stop || start };
    }

    isMilestone(record) {
        return Boolean(this.valueOf(record, "milestone"));
    }

    isCritical(record) {
        return Boolean(this.valueOf(record, "critical"));
    }

    /** @returns {number} 0 to 100 */
    progressOf(record) {
        return Math.min(100, Math.max(0, this.valueOf(record, "progress") || 0));
    }

    /** Number of a colour, from 1 to 11; 0 for none. */
    colorOf(record) {
        const value = this.valueOf(record, "color");
        if (!value) {
            return 0;
        }
        const field = this.fields[this.archInfo.roles.color];
        if (field.type === "selection") {
            return (field.selection.findIndex(([key]) => key === value) % 11) + 1;
        }
        const number = value.id || value;
        return Number.isInteger(number) ? ((number - 1) % 11) + 1 : 1;
    }

    /** Which ends of an item may be moved here. */
    movableSides(record) {
        return Object.keys(SIDES).filter((side) => {
            const name = this.archInfo.roles[SIDES[side]];
            const expression = this.archInfo.readonly[name];
            return (
                this.archInfo.movable[side] &&
                record[name] &&
                !(expression && evaluateBooleanExpr(expression, this.evalContext(record)))
            );
        });
    }

    evalContext(record) {
        const values = { uid: user.userId, context: user.context };
        for (const [name, value] of Object.entries(record)) {
            values[name] = value && this.fields[name]?.type === "many2one" ? value.id : value;
        }
        return values;
    }

    /**
     * The dates after moving some ends by a length of time: whole steps of the scale, the hour of the day kept.
     *
     * @param {Object} record
     * @param {string[]} sides
     * @param {number} milliseconds
     * @param {string} scale
     * @returns {Object|null} `{side: value}`, or null where nothing moves
     */
    moved(record, sides, milliseconds, scale) {
        const isDay = this.typeOf("date_start") === "date";
        const snap = isDay ? { days: 1 } : SCALES[scale].snap;
        const steps = Math.round(milliseconds / luxon.Duration.fromObject(snap).toMillis());
        const [[unit, size]] = Object.entries(snap);
        if (!steps || !sides.length) {
            return null;
        }
        const change = {};
        for (const side of sides) {
            const moment = this.momentOf(record, SIDES[side], side === "stop").plus({ [unit]: size * steps });
            change[side] = writeMoment(moment, this.typeOf(SIDES[side]), side === "stop");
        }
        return this.isUpright(record, change) ? change : null;
    }

    /** Whether a changed item still starts before it ends. */
    isUpright(record, change) {
        const start = change.start || this.valueOf(record, "date_start");
        const stop = change.stop || this.valueOf(record, "date_stop");
        return !start || !stop || start <= stop;
    }
}
