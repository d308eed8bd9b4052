import { _t } from "@web/core/l10n/translation";

import { Component } from "@odoo/owl";

import { readMoment, showShort } from "../schedule_dates";

/** What moves that are not saved yet would do. */
export class ScheduleEffect extends Component {
    static template = "web_schedule.ScheduleEffect";
    static props = { moves: Object, isBusy: Boolean, save: Function, discard: Function };
    /** So many lines are listed; the others are counted. */
    static shownLines = 30;

    get lines() {
        return this.props.moves.lines.slice(0, ScheduleEffect.shownLines);
    }

    get others() {
        return this.props.moves.lines.length - this.lines.length + this.props.moves.unseen;
    }

    get othersText() {
        return _t("and %(count)s more", { count: this.others });
    }

    day(moment) {
        return moment ? showShort(moment) : "";
    }

    markerDay({ date }) {
        return this.day(readMoment(date, "datetime"));
    }

    shift({ before, after }) {
        if (!before || !after) {
            return "";
        }
        const hours = after.diff(before, "hours").hours;
        const sign = hours > 0 ? "+" : "−";
        if (Math.abs(hours) >= 24) {
            return _t("%(sign)s%(days)s d", { sign, days: Math.round((Math.abs(hours) / 24) * 10) / 10 });
        }
        return hours
            ? _t("%(sign)s%(hours)s h", { sign, hours: Math.round(Math.abs(hours) * 10) / 10 })
            : _t("same end");
    }
}
