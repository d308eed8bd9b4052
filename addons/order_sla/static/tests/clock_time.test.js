import { describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";

import {
    countedSeconds,
    isCounting,
    isLate,
    nearness,
    remainingAt,
    splitSeconds,
} from "@order_sla/clock_time/clock_time";
import { formatSpan } from "@order_sla/clock_time/clock_text";

describe.current.tags("headless");

const HOUR = 3600;
// Monday 2026-03-02 in Shanghai: 8:00-12:00, 13:00-17:00, then Tuesday morning
const MONDAY = Date.UTC(2026, 2, 2, 0) / 1000;
const AT = (hours, day = 0) => MONDAY + (day * 24 + hours - 8) * HOUR;
const SPANS = [
    [AT(8), AT(12)],
    [AT(13), AT(17)],
    [AT(8, 1), AT(12, 1)],
];

function workingClock(values = {}) {
    return {
        id: 1,
        state: "running",
        working: true,
        paused: false,
        now: AT(10),
        remaining: 4 * HOUR,
        spans: SPANS,
        deadline: "2026-03-02 07:00:00",
        limit: 8 * HOUR,
        day: 8 * HOUR,
        ...values,
    };
}

test("SLA-2: working seconds between two moments skip breaks and nights", () => {
    expect(countedSeconds(SPANS, AT(10), AT(11))).toBe(HOUR);
    expect(countedSeconds(SPANS, AT(11), AT(14))).toBe(2 * HOUR);
    expect(countedSeconds(SPANS, AT(12), AT(13))).toBe(0);
    expect(countedSeconds(SPANS, AT(16), AT(9, 1))).toBe(2 * HOUR);
    expect(countedSeconds(SPANS, AT(11), AT(10))).toBe(0);
    expect(countedSeconds([], AT(8), AT(17))).toBe(0);
});

test("SLA-2: remaining time falls in working time only", () => {
    const clock = workingClock();
    expect(remainingAt(clock, AT(10))).toBe(4 * HOUR);
    expect(remainingAt(clock, AT(12))).toBe(2 * HOUR);
    expect(remainingAt(clock, AT(13))).toBe(2 * HOUR);
    expect(remainingAt(clock, AT(13) + 60)).toBe(2 * HOUR - 60);
    expect(remainingAt(clock, AT(15))).toBe(0);
});

test("SLA-2: a moment before the payload was made changes nothing", () => {
    expect(remainingAt(workingClock(), AT(9))).toBe(4 * HOUR);
    expect(remainingAt(workingClock({ working: false }), AT(9))).toBe(4 * HOUR);
});

test("SLA-2: overdue time grows over the night only by working time", () => {
    const clock = workingClock();
    expect(remainingAt(clock, AT(16))).toBe(-HOUR);
    expect(remainingAt(clock, AT(23))).toBe(-2 * HOUR);
    expect(remainingAt(clock, AT(9, 1))).toBe(-3 * HOUR);
});

test("SLA-2: after the last known span the clock stands instead of guessing", () => {
    const clock = workingClock({ remaining: 20 * HOUR, deadline: "2026-03-04 07:00:00" });
    expect(remainingAt(clock, AT(12, 1))).toBe(10 * HOUR);
    expect(remainingAt(clock, AT(20, 1))).toBe(10 * HOUR);
    expect(isCounting(clock, AT(20, 1))).toBe(false);
});

test("SLA-2: an elapsed clock runs day and night", () => {
    const clock = workingClock({ working: false, spans: [], deadline: "2026-03-02 06:00:00" });
    expect(remainingAt(clock, AT(12, 1))).toBe(-22 * HOUR);
    expect(isCounting(clock, AT(3))).toBe(true);
});

test("SLA-2: a paused clock stands at what was left", () => {
    const clock = workingClock({ state: "paused", paused: true });
    expect(remainingAt(clock, AT(9, 1))).toBe(4 * HOUR);
    expect(isCounting(clock, AT(11))).toBe(false);
    expect(nearness(clock, AT(9, 1))).toBe("paused");
    expect(isLate(clock, AT(9, 1))).toBe(false);
    expect(isLate({ ...clock, remaining: -60 }, AT(9, 1))).toBe(true);
});

test("SLA-2: a clock counts inside its spans, the end of a span excluded", () => {
    const clock = workingClock();
    expect(isCounting(clock, AT(11))).toBe(true);
    expect(isCounting(clock, AT(12))).toBe(false);
    expect(isCounting(clock, AT(13))).toBe(true);
});

test("SLA-2: nearness is calm, near in the last quarter, then late", () => {
    const clock = workingClock();
    expect(nearness(clock, AT(10))).toBe("calm");
    expect(nearness(clock, AT(13) - 1)).toBe("near");
    expect(nearness(clock, AT(12) - 1)).toBe("calm");
    expect(nearness(clock, AT(15))).toBe("near");
    expect(nearness(clock, AT(15) + 1)).toBe("late");
});

test("SLA-2: a clock whose date is still empty waits, without time and never late", () => {
    const clock = workingClock({ remaining: false, deadline: false, limit: false });
    expect(remainingAt(clock, AT(15))).toBe(0);
    expect(nearness(clock, AT(15))).toBe("waiting");
    expect(isLate(clock, AT(15))).toBe(false);
    expect(isCounting(clock, AT(15))).toBe(false);
    expect(nearness({ ...clock, paused: true }, AT(15))).toBe("paused");
});

test("SLA-2: without a known limit the last hour is near", () => {
    const clock = workingClock({ limit: undefined });
    expect(nearness(clock, AT(13) + 1800)).toBe("calm");
    expect(nearness(clock, AT(14))).toBe("near");
});

test("SLA-2: a deadline at the close of work is late in the evening, with no time overdue", () => {
    const clock = workingClock({ remaining: 6 * HOUR, deadline: "2026-03-02 09:00:00" });
    expect(remainingAt(clock, AT(19))).toBe(0);
    expect(nearness(clock, AT(17) - 1)).toBe("near");
    expect(nearness(clock, AT(19))).toBe("late");
});

test("SLA-2: a span of seconds is split by the day of its kind of time", () => {
    expect(splitSeconds(9 * HOUR + 125, 8 * HOUR)).toEqual({
        days: 1,
        hours: 1,
        minutes: 2,
        seconds: 5,
    });
    expect(splitSeconds(-9 * HOUR, 24 * HOUR)).toEqual({
        days: 0,
        hours: 9,
        minutes: 0,
        seconds: 0,
    });
    expect(splitSeconds(30 * HOUR).hours).toBe(30);
});

test("SLA-2: a span is written in its largest useful unit", () => {
    allowTranslations();
    expect(String(formatSpan(2 * 8 * HOUR + 3 * HOUR + 300, 8 * HOUR))).toBe("2 d 3:05");
    expect(String(formatSpan(3 * HOUR + 20 * 60 + 59, 8 * HOUR))).toBe("3:20");
    expect(String(formatSpan(-19 * 60, 8 * HOUR))).toBe("19 min");
    expect(String(formatSpan(45, 8 * HOUR))).toBe("45 s");
    expect(String(formatSpan(0, 8 * HOUR))).toBe("0 s");
});
