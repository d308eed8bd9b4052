import { _t } from "@web/core/l10n/translation";
import { escape } from "@web/core/utils/strings";

import { startOf } from "../schedule_dates";
import { spanBelow } from "../renderer/schedule_drawn";

/** All lengths are millimetres on an A4 page across. */
const WIDTH = 277;
const NAME = 68;
const DATES = 32;
const LEFT = NAME + DATES;
const HEAD = 10;
const ROW = 5.4;
const ROWS = 31;
const DAY = 24 * 3600 * 1000;
const FILL = { planned: "#6f9fd8", critical: "#c8372d", baseline: "#adb5bd", actual: "#2f6f5e", forecast: "#e0a100" };
const NAMES = {
    planned: _t("Planned"),
    critical: _t("Critical"),
    baseline: _t("Baseline"),
    actual: _t("Actual"),
    forecast: _t("Forecast"),
};

/** What the colours mean, of those that the view draws. */
export function printedLegend({ archInfo }) {
    const isDrawn = (name) => name === "planned" || archInfo.roles[name] || archInfo.roles[`${name}_start`];
    return Object.keys(NAMES)
        .filter(isDrawn)
        .map((name) => `<b style="color: ${FILL[name]}">▬</b> ${escape(NAMES[name])}`)
        .join(" &nbsp; ");
}

/**
 * The items that are loaded, on as many pages as they need, over the time that they take.
 *
 * @returns {{svg: string, range: string}[]}
 */
export function printedPages(model) {
    const rows = model.rows.map((row) => ({ row, depth: 0, spans: spansOf(row, model) }));
    const depths = new Map();
    for (const line of rows) {
        line.depth = line.row.parent ? depths.get(line.row.parent) + 1 : 0;
        depths.set(line.row.id, line.depth);
    }
    const axis = makeAxis(
        rows.flatMap((line) => Object.values(line.spans)),
        model
    );
    const pages = [];
    for (let first = 0; first < rows.length; first += ROWS) {
        const lines = rows.slice(first, first + ROWS);
        pages.push({ svg: page(lines, axis, model), range: `${day(axis.start)} – ${day(axis.stop)}` });
    }
    return pages;
}

function spansOf(row, model) {
    if (!row.resId) {
        const span = spanBelow(row, model);
        return span ? { planned: span } : {};
    }
    const record = model.shown(row.resId);
    const spans = ["planned", "baseline", "actual", "forecast"].map((name) => [name, model.items.spanOf(record, name)]);
    return Object.fromEntries(spans.filter(([, span]) => span));
}

function makeAxis(spans, model) {
    const { DateTime } = luxon;
    const start = startOf(DateTime.min(model.range.stop, ...spans.map((span) => span.start)), "day");
    const stop = DateTime.max(start.plus({ days: 7 }), ...spans.map((span) => span.stop)).endOf("day");
    const scale = (WIDTH - LEFT) / (stop - start);
    const days = (stop - start) / DAY;
    const unit = days <= 31 ? "day" : days <= 200 ? "week" : "month";
    return { start, stop, unit, x: (moment) => LEFT + (Math.min(Math.max(moment, start), stop) - start) * scale };
}

const day = (moment) => moment.toLocaleString({ year: "numeric", month: "numeric", day: "numeric" });
const short = (moment) => moment.toLocaleString({ month: "numeric", day: "numeric" });
const round = (number) => Math.round(number * 100) / 100;

function page(lines, axis, model) {
    const height = HEAD + lines.length * ROW;
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height + 1}" font-size="2.8">`,
        ticks(axis, height),
        ...lines.map((line, place) => printedLine(line, HEAD + place * ROW, axis, model)),
        arrows(lines, axis, model),
        todayLine(axis, height),
        "</svg>",
    ].join("");
}

function ticks(axis, height) {
    const parts = [];
    const label =
        axis.unit === "month" ? (moment) => moment.toLocaleString({ year: "numeric", month: "short" }) : short;
    let moment = startOf(axis.start, axis.unit);
    for (; moment < axis.stop; moment = moment.plus({ [`${axis.unit}s`]: 1 })) {
        const x = round(axis.x(moment));
        parts.push(`<path d="M${x} 4V${height}" stroke="#dee2e6" stroke-width="0.15"/>`);
        if (moment >= axis.start) {
            parts.push(`<text x="${x + 0.4}" y="8" font-size="2.3" fill="#495057">${escape(label(moment))}</text>`);
        }
    }
    return parts.join("");
}

function printedLine({ row, depth, spans }, top, axis, model) {
    const middle = top + ROW * 0.68;
    const weight = row.resId ? "" : ' font-weight="bold"';
    const name = row.resId ? row.text : `${row.text} (${row.count})`;
    const parts = [
        `<path d="M0 ${round(top + ROW)}H${WIDTH}" stroke="#dee2e6" stroke-width="0.15"/>`,
        `<text x="${1 + depth * 2.5}" y="${round(middle)}"${weight}>${escape(cut(name, 38 - depth * 2))}</text>`,
    ];
    if (spans.planned) {
        const dates = `${short(spans.planned.start)} – ${short(spans.planned.stop)}`;
        parts.push(`<text x="${NAME}" y="${round(middle)}" font-size="2.4" fill="#495057">${escape(dates)}</text>`);
        parts.push(plannedBar(row, spans.planned, top, axis, model));
    }
    for (const [name, [offset, size]] of Object.entries({
        baseline: [0.3, 0.6],
        actual: [4.1, 0.5],
        forecast: [4.7, 0.5],
    })) {
        if (spans[name]) {
            parts.push(bar(spans[name], top + offset, size, FILL[name], axis));
        }
    }
    return parts.join("");
}

/** What does not fit is cut; a Chinese character takes the room of two letters. */
function cut(text, room) {
    let width = 0;
    for (let place = 0; place < text.length; place++) {
        width += text.charCodeAt(place) > 0x2e7f ? 2 : 1;
        if (width > room) {
            return `${text.slice(0, place)}…`;
        }
    }
    return text;
}

function plannedBar(row, span, top, axis, model) {
    if (!row.resId) {
        return bar(span, top + 2, 1.2, "#495057", axis);
    }
    const record = model.records.get(row.resId);
    const color = FILL[model.items.isCritical(record) ? "critical" : "planned"];
    if (model.items.isMilestone(record)) {
        const x = round(axis.x(span.stop));
        return `<path d="M${x} ${round(top + 1)}l1.6 1.6l-1.6 1.6l-1.6 -1.6z" fill="${color}"/>`;
    }
    const done = model.items.progressOf(record) / 100;
    const finished = { start: span.start, stop: span.start.plus((span.stop - span.start) * done) };
    return bar(span, top + 1.2, 2.6, color, axis) + (done ? bar(finished, top + 3, 0.8, "#1d3557", axis) : "");
}

function bar(span, y, height, fill, axis) {
    const x = axis.x(span.start);
    const width = Math.max(axis.x(span.stop) - x, 0.6);
    return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${height}" rx="0.4" fill="${fill}"/>`;
}

/** Arrows of which both ends stand on this page. */
function arrows(lines, axis, model) {
    const places = new Map();
    lines.forEach(
        (line, place) => line.row.resId && line.spans.planned && places.set(line.row.resId, { ...line, place })
    );
    return [...model.links.values()]
        .filter((link) => places.has(link.source) && places.has(link.target))
        .map((link) => arrow(link, places.get(link.source), places.get(link.target), axis))
        .join("");
}

function arrow(link, source, target, axis) {
    const fromX = round(axis.x(source.spans.planned[link.type[0] === "f" ? "stop" : "start"]));
    const toX = round(axis.x(target.spans.planned[link.type[1] === "f" ? "stop" : "start"]));
    const fromY = round(HEAD + source.place * ROW + 2.5);
    const toY = round(HEAD + target.place * ROW + (target.place > source.place ? 1.2 : 3.8));
    const tip = target.place > source.place ? -0.9 : 0.9;
    return (
        `<path d="M${fromX} ${fromY}H${toX}V${toY}" fill="none" stroke="#6c757d" stroke-width="0.2"/>` +
        `<path d="M${toX} ${toY}l-0.6 ${tip}h1.2z" fill="#6c757d"/>`
    );
}

function todayLine(axis, height) {
    const now = luxon.DateTime.now();
    if (now < axis.start || now > axis.stop) {
        return "";
    }
    return `<path d="M${round(axis.x(now))} 4V${height}" stroke="#c8372d" stroke-width="0.3"/>`;
}
