import { _t } from "@web/core/l10n/translation";

import { Component } from "@odoo/owl";

import { showColumn } from "../schedule_columns";
import { showShort, startOf } from "../schedule_dates";

const DATES = ["date", "datetime"];
const NUMBERS = ["integer", "float", "monetary"];

/** The timeline on a phone: the same items, listed by the day on which they start, each with its bars. */
export class SchedulePhone extends Component {
    static template = "web_schedule.SchedulePhone";
    static props = { model: Object, openRecord: Function };

    /** @returns {{key: string, title: string, items: Object[]}[]} */
    get days() {
        const { model } = this.props;
        const days = new Map();
        const seen = new Set();
        for (const row of model.rows) {
            if (!row.resId || row.isContext || seen.has(row.resId)) {
                continue;
            }
            seen.add(row.resId);
            const item = this.itemOf(row);
            const key = item.start < model.range.start ? "" : item.start.toISODate();
            if (!days.has(key)) {
                days.set(key, { key, title: this.titleOf(key, item.start), items: [] });
            }
            days.get(key).items.push(item);
        }
        return [...days.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
    }

    titleOf(key, start) {
        if (!key) {
            return _t("Begun earlier");
        }
        const title = start.toLocaleString({ weekday: "long", month: "long", day: "numeric" });
        return start.hasSame(luxon.DateTime.now(), "day") ? _t("Today, %(day)s", { day: title }) : title;
    }

    itemOf(row) {
        const { model } = this.props;
        const record = model.records.get(row.resId);
        const spans = Object.fromEntries(
            ["baseline", "planned", "actual", "forecast"].map((name) => [name, model.items.spanOf(record, name)])
        );
        const first = spans.planned || spans.actual || spans.forecast || spans.baseline;
        return {
            resId: row.resId,
            name: record.display_name,
            start: startOf(first.start, "day"),
            dates: `${showShort(first.start)} – ${showShort(first.stop)}`,
            bars: Object.entries(spans)
                .filter(([, span]) => span && span.stop >= model.range.start && span.start <= model.range.stop)
                .map(([name, span]) => ({ name, style: this.styleOf(span) })),
            progress: model.items.progressOf(record),
            isMilestone: model.items.isMilestone(record),
            isCritical: model.items.isCritical(record),
            details: this.detailsOf(record),
        };
    }

    /** The groups that it stands in, then the columns; a number says what it is. */
    detailsOf(record) {
        const { archInfo, fields, groupFields } = this.props.model;
        const names = new Set([...groupFields, ...archInfo.columns.map(({ name }) => name)]);
        return [...names]
            .filter((name) => !DATES.includes(fields[name].type))
            .map((name) => {
                const text = showColumn(record, name, fields);
                return text && NUMBERS.includes(fields[name].type) ? `${fields[name].string} ${text}` : text;
            })
            .filter(Boolean)
            .join(" · ");
    }

    /** The part of the window that a bar takes. */
    styleOf(span) {
        const { start, stop } = this.props.model.range;
        const length = stop - start;
        const left = Math.min(100, Math.max(0, ((span.start - start) / length) * 100));
        const right = Math.min(100, Math.max(0, ((span.stop - start) / length) * 100));
        return `left: ${left}%; width: ${Math.max(right - left, 1.5)}%`;
    }

    get todayStyle() {
        const { start, stop } = this.props.model.range;
        const share = (luxon.DateTime.now() - start) / (stop - start);
        return share >= 0 && share <= 1 ? `left: ${share * 100}%` : "";
    }
}
