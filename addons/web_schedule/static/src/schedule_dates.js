import { deserializeDate, deserializeDateTime, serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";

const { DateTime } = luxon;

/**
 * The drawing library knows the browser's time zone only, people look at their own: a moment is drawn at the browser's
 * date that reads like the user's clock ("wall date").
 *
 * @param {import("luxon").DateTime} moment in the user's time zone
 * @returns {Date}
 */
export function toWall(moment) {
    return new Date(moment.year, moment.month - 1, moment.day, moment.hour, moment.minute, moment.second);
}

/**
 * @param {Date} wall
 * @returns {import("luxon").DateTime}
 */
export function fromWall(wall) {
    return DateTime.fromObject({
        year: wall.getFullYear(),
        month: wall.getMonth() + 1,
        day: wall.getDate(),
        hour: wall.getHours(),
        minute: wall.getMinutes(),
        second: wall.getSeconds(),
    });
}

/**
 * A date of a record as a moment. The last day of a span without times counts to its end.
 *
 * @param {string|false} value as the server sends it
 * @param {"date"|"datetime"} type
 * @param {boolean} [isStop]
 */
export function readMoment(value, type, isStop = false) {
    if (!value) {
        return null;
    }
    if (type === "datetime") {
        return deserializeDateTime(value);
    }
    return deserializeDate(value).plus({ days: isStop ? 1 : 0 });
}

/** The way back of {@link readMoment}. */
export function writeMoment(moment, type, isStop = false) {
    if (type === "datetime") {
        return serializeDateTime(moment);
    }
    return serializeDate(moment.minus({ days: isStop ? 1 : 0 }));
}

/** How a date of a record is shown to people; nothing for none. */
export function showValue(value, type) {
    if (!value) {
        return "";
    }
    if (type === "datetime") {
        const moment = deserializeDateTime(value);
        const format = `${localization.dateFormat} HH:mm`;
        return moment.toFormat(format);
    }
    return deserializeDate(value).toFormat(localization.dateFormat);
}

/** A moment in few words, for lists and labels. */
export function showShort(moment) {
    return moment.toLocaleString({ month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/**
 * The first moment of the week as the user's language begins it.
 *
 * @param {import("luxon").DateTime} moment
 */
export function startOfWeek(moment) {
    const back = (moment.weekday - localization.weekStart + 7) % 7;
    return moment.minus({ days: back }).startOf("day");
}

export function startOf(moment, unit) {
    return unit === "week" ? startOfWeek(moment) : moment.startOf(unit);
}
