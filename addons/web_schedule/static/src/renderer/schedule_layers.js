import { _t } from "@web/core/l10n/translation";

import { readMoment, toWall } from "../schedule_dates";
import { ScheduleArrows } from "./schedule_arrows";
import { ROW_HEIGHT } from "./schedule_chart_config";

/** Texts of lines: how many below one another, and about how wide a letter is (a Chinese one twice as wide). */
const TEXT_LEVELS = 4;
const TEXT_WIDTH = 9;

/**
 * What the drawing library does not draw: days off, today, promised dates, and of the lines that are seen baseline, actual
 * and forecast, the latest finish, and where a moved bar came from.
 */
export class ScheduleLayers {
    constructor(chart) {
        this.chart = chart;
        this.model = chart.model;
        this.gantt = chart.gantt;
        this.below = newElement("o_schedule_layer o_below");
        this.above = newElement("o_schedule_layer o_above");
        this.arrows = new ScheduleArrows(chart);
        this.label = newElement("o_schedule_drag_label");
    }

    draw() {
        const { $task_data: area } = this.gantt;
        if (!area || this.chart.isDestroyed || this.chart.isParsing) {
            return;
        }
        // Sizes are read before anything is written: each reading after a change makes the browser lay out all of it.
        this.height = area.parentNode.offsetHeight;
        const seen = this.seenRows();
        if (!area.contains(this.below)) {
            area.insertBefore(this.below, area.querySelector(".gantt_bars_area"));
            area.append(this.above, this.label);
        }
        this.below.style.setProperty("--cell-width", `${this.gantt.getScale().col_width}px`);
        const height = `${Math.max(this.chart.visible.length * ROW_HEIGHT, this.height)}px`;
        this.below.style.height = this.above.style.height = height;
        this.arrows.draw(seen.map(([row]) => row));
        // Under the bars: what one takes hold of at the end of a bar lies above the arrow that leaves it.
        this.below.replaceChildren(...this.offTimes(), ...this.ghosts(seen), this.arrows.element);
        this.above.replaceChildren(...this.spans(seen), ...this.lines());
    }

    /** Scrolled: what is drawn moves along; other lines are drawn once they come into sight. */
    follow() {
        if (this.firstSeen() !== this.first) {
            this.draw();
        }
    }

    x(moment) {
        return this.gantt.posFromDate(toWall(moment));
    }

    firstSeen() {
        return Math.max(0, Math.floor(this.gantt.getScrollState().y / ROW_HEIGHT) - 2);
    }

    /** The lines that are seen, with their place, and one screen around them. */
    seenRows() {
        const first = (this.first = this.firstSeen());
        const count = Math.ceil(this.height / ROW_HEIGHT) + 4;
        return this.chart.visible
            .slice(first, first + count)
            .map((row, place) => [row, (first + place) * ROW_HEIGHT])
            .filter(([row]) => row.resId);
    }

    offTimes() {
        if (this.model.scale === "quarter") {
            return [];
        }
        return this.model.offTimes.map(([start, stop]) => {
            const left = this.x(readMoment(start, "datetime"));
            return newBar("o_off_time", left, this.x(readMoment(stop, "datetime")) - left);
        });
    }

    spans(seen) {
        const elements = [];
        for (const [row, top] of seen) {
            const record = this.model.records.get(row.resId);
            for (const name of ["baseline", "actual", "forecast"]) {
                const span = this.model.items.spanOf(record, name);
                if (span) {
                    elements.push(this.barAt(`o_${name}`, span, top));
                }
            }
            const deadline = this.model.items.momentOf(record, "deadline", true);
            if (deadline) {
                elements.push(place(newElement("o_schedule_mark o_deadline"), this.x(deadline), top));
            }
        }
        return elements;
    }

    /** Where a bar stood before a move that is not saved yet. */
    ghosts(seen) {
        return seen
            .filter(([row]) => row.resId in this.model.moves.changes)
            .map(([row, top]) => [this.model.items.spanOf(this.model.records.get(row.resId), "planned"), top])
            .filter(([span]) => span)
            .map(([span, top]) => this.barAt("o_ghost", span, top));
    }

    barAt(css, span, top) {
        const left = this.x(span.start);
        return place(newBar(css, left, Math.max(this.x(span.stop) - left, 3)), left, top);
    }

    /** Today and the dates promised; those that a move would give stand there as well. */
    lines() {
        const line = (css, left, text) => ({ left, text, element: newLine(css, left, text) });
        const today = line("o_today", this.x(luxon.DateTime.now()), _t("Today"));
        const markers = [...this.model.markers, ...this.model.moves.markers].map(({ date, text, css }) =>
            line(`o_marker ${css || ""}`, this.x(readMoment(date, "datetime")), text)
        );
        const lines = [today, ...markers].sort((one, other) => one.left - other.left);
        stagger(lines);
        return lines.map(({ element }) => element);
    }

    drawDrag(change, task) {
        this.label.textContent = this.chart.drag.words(change, task);
        const top = this.chart.visible.findIndex((row) => row.id === task.id) * ROW_HEIGHT;
        place(this.label, this.gantt.posFromDate(task.start_date), top - 20);
        this.label.classList.toggle("o_shown", Boolean(change));
    }

    clearDrag() {
        this.label.classList.remove("o_shown");
    }
}

function newElement(css) {
    const element = document.createElement("div");
    element.className = css;
    return element;
}

function newBar(css, left, width) {
    const element = newElement(`o_schedule_span ${css}`);
    element.style.left = `${left}px`;
    element.style.width = `${width}px`;
    return element;
}

function newLine(css, left, text) {
    const element = newElement(`o_schedule_line ${css}`);
    element.style.left = `${left}px`;
    element.append(Object.assign(newElement("o_schedule_line_text"), { textContent: text }));
    return element;
}

/** Texts that would overlap stand below one another; where there is no room at all, only the line is drawn. */
function stagger(lines) {
    const taken = Array(TEXT_LEVELS).fill(-Infinity);
    for (const { left, text, element } of lines) {
        const level = taken.findIndex((until) => until <= left);
        element.style.setProperty("--level", level);
        element.classList.toggle("o_silent", level < 0);
        if (level >= 0) {
            taken[level] = left + text.length * TEXT_WIDTH + 12;
        }
    }
}

function place(element, left, top) {
    element.style.left = `${left}px`;
    element.style.setProperty("--row-top", `${top}px`);
    return element;
}
