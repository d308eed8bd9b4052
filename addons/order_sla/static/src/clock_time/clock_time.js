/**
 * Arithmetic of one clock, in whole seconds since the epoch.
 *
 * The server says how much was left at `now` and in which spans time counts
 * until then; nothing here knows a calendar, and nothing here decides
 * anything: states and deadlines are the server's.
 *
 * @typedef {Object} Clock
 * @property {number} now moment at which `remaining` was true
 * @property {number|false} remaining seconds left at `now`, negative when overdue; false while
 *  the date that the deadline depends on is empty
 * @property {boolean} working time counts in `spans` only
 * @property {[number, number][]} spans next working intervals, sorted
 * @property {boolean} paused
 * @property {string|false} deadline UTC
 * @property {number} [limit] seconds between start and deadline
 * @property {number} [day] seconds that make one day of this kind of time
 */

const { DateTime } = luxon;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WORKING_DAY = 8 * HOUR;

/** Seconds of [from, to) that lie inside the spans. */
export function countedSeconds(spans, from, to) {
    let seconds = 0;
    for (const [start, stop] of spans) {
        seconds += Math.max(0, Math.min(stop, to) - Math.max(start, from));
    }
    return seconds;
}

/** The deadline as a luxon DateTime in the user's time zone. */
export function deadlineOf(clock) {
    if (!clock.deadline) {
        return null;
    }
    return DateTime.fromISO(clock.deadline.replace(" ", "T"), { zone: "utc" }).setZone("default");
}

/** Whether there is a deadline: a clock may wait for the date that it depends on. */
export function hasDeadline(clock) {
    return typeof clock.remaining === "number";
}

/** Seconds left at a moment; negative when overdue. Zero without a deadline. */
export function remainingAt(clock, at) {
    if (!hasDeadline(clock)) {
        return 0;
    }
    if (clock.paused || at <= clock.now) {
        return clock.remaining;
    }
    const passed = clock.working ? countedSeconds(clock.spans || [], clock.now, at) : at - clock.now;
    return clock.remaining - passed;
}

/** Whether time passes for this clock at a moment. */
export function isCounting(clock, at) {
    if (clock.paused || !hasDeadline(clock)) {
        return false;
    }
    return !clock.working || (clock.spans || []).some(([start, stop]) => start <= at && at < stop);
}

/** Whether the deadline lies behind; at night too, when no working time passes. */
export function isLate(clock, at) {
    if (!hasDeadline(clock)) {
        return false;
    }
    if (clock.paused) {
        return clock.remaining < 0;
    }
    const deadline = deadlineOf(clock);
    return clock.state === "breached" || remainingAt(clock, at) < 0 || (deadline !== null && deadline.toSeconds() < at);
}

/**
 * How the clock is drawn at a moment: `paused`, `waiting` (no deadline yet),
 * `late`, `near` (the last quarter of the limit, or the last hour where no
 * limit is known) or `calm`.
 */
export function nearness(clock, at) {
    if (clock.paused) {
        return "paused";
    }
    if (!hasDeadline(clock)) {
        return "waiting";
    }
    if (isLate(clock, at)) {
        return "late";
    }
    const threshold = clock.limit ? clock.limit / 4 : HOUR;
    return remainingAt(clock, at) <= threshold ? "near" : "calm";
}

/** A span of time as days, hours, minutes and seconds, never negative. */
export function splitSeconds(seconds, day) {
    const whole = Math.floor(Math.abs(seconds));
    const rest = day ? whole % day : whole;
    return {
        days: day ? Math.floor(whole / day) : 0,
        hours: Math.floor(rest / HOUR),
        minutes: Math.floor((rest % HOUR) / MINUTE),
        seconds: rest % MINUTE,
    };
}

/** Seconds of one day in the clock's own kind of time. */
export function dayOf(clock) {
    return clock.day || (clock.working ? WORKING_DAY : DAY);
}
