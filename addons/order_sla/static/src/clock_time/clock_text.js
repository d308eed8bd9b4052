import { _t } from "@web/core/l10n/translation";
import { toLocaleDateTimeString } from "@web/core/l10n/dates";
import { user } from "@web/core/user";

import { dayOf, deadlineOf, hasDeadline, isCounting, nearness, remainingAt, splitSeconds } from "./clock_time";

const { IANAZone } = luxon;

function hoursAndMinutes({ hours, minutes }) {
    return `${hours}:${String(minutes).padStart(2, "0")}`;
}

/** "2 d 3:20", "3:20", "19 min" or "45 s". */
export function formatSpan(seconds, day) {
    const parts = splitSeconds(seconds, day);
    if (parts.days) {
        return _t("%(days)s d %(time)s", { days: parts.days, time: hoursAndMinutes(parts) });
    }
    if (parts.hours) {
        return hoursAndMinutes(parts);
    }
    if (parts.minutes) {
        return _t("%(minutes)s min", { minutes: parts.minutes });
    }
    return _t("%(seconds)s s", { seconds: parts.seconds });
}

/** What the badge says at a moment: "3:20 left", "1 d 2:05 overdue", "Paused, 3:20 left". */
export function clockLabel(clock, at) {
    const remaining = remainingAt(clock, at);
    const time = formatSpan(remaining, dayOf(clock));
    switch (nearness(clock, at)) {
        case "paused":
            if (!hasDeadline(clock)) {
                return _t("Paused");
            }
            return remaining < 0 ? _t("Paused, %(time)s overdue", { time }) : _t("Paused, %(time)s left", { time });
        case "waiting":
            return _t("No deadline yet");
        case "late":
            // past the deadline, but no working time has passed since
            return remaining < 0 ? _t("%(time)s overdue", { time }) : _t("Overdue");
        default:
            return _t("%(time)s left", { time });
    }
}

/** The deadline in the user's time zone, which is named where the browser has another one. */
export function formatDeadline(clock) {
    const deadline = deadlineOf(clock);
    if (!deadline) {
        return "";
    }
    const zone = user.tz && IANAZone.isValidZone(user.tz) ? user.tz : deadline.zoneName;
    const text = toLocaleDateTimeString(deadline, { tz: zone });
    return deadline.offset === deadline.setZone(zone).offset ? text : `${text} (${zone})`;
}

/** What the tooltip says: policy, deadline in the user's time zone, responsible, and why it stands. */
export function clockDetails(clock, at) {
    return {
        policy: clock.policy || "",
        label: String(clockLabel(clock, at)),
        deadline: formatDeadline(clock),
        user: clock.user || "",
        standing: hasDeadline(clock) && !clock.paused && !isCounting(clock, at),
    };
}
