import { ROW_HEIGHT } from "./schedule_chart_config";

const SVG = "http://www.w3.org/2000/svg";
/** How far an arrow leaves a bar before it turns, where the middle of a bar lies in its line, and the size of a head. */
const STUB = 10;
const MIDDLE = ROW_HEIGHT / 2;
const HEAD = 5;

/**
 * Arrows between bars. Only those with an end in sight are drawn: one that merely passes by says nothing, and two thousand
 * of them would take a second at each turn of the wheel.
 */
export class ScheduleArrows {
    constructor(chart) {
        this.chart = chart;
        this.model = chart.model;
        this.element = document.createElementNS(SVG, "svg");
        this.element.setAttribute("class", "o_schedule_arrows");
    }

    /** @param {Object[]} rows lines that are seen */
    draw(rows) {
        const links = new Set(rows.flatMap((row) => this.linksOf(row.resId)));
        this.element.replaceChildren(...[...links].map((link) => this.arrow(link)).filter(Boolean));
    }

    linksOf(resId) {
        if (this.version !== this.model.version) {
            this.version = this.model.version;
            this.byItem = new Map();
            for (const link of this.model.links.values()) {
                for (const end of [link.source, link.target]) {
                    this.byItem.set(end, this.byItem.get(end) || []);
                    this.byItem.get(end).push(link);
                }
            }
        }
        return this.byItem.get(resId) || [];
    }

    arrow(link) {
        const source = this.endOf(link.source, link.type[0]);
        const target = this.endOf(link.target, link.type[1]);
        if (!source || !target) {
            return null;
        }
        const group = document.createElementNS(SVG, "g");
        const isCritical = [link.source, link.target].every((id) =>
            this.model.items.isCritical(this.model.records.get(id))
        );
        const css = [`o_schedule_link o_${link.type}`, isCritical && "o_critical", this.model.canLink && "o_removable"];
        group.setAttribute("class", css.filter(Boolean).join(" "));
        group.dataset.linkId = link.id;
        const way = route(source, target);
        group.append(newPath(way, "o_line"), newPath(headAt(target), "o_head"), newPath(way, "o_hit"));
        return group;
    }

    /** A link that is being drawn, from the end of a bar to the pointer, where it ends now. */
    drawDraft({ resId, letter }, ev) {
        const source = this.endOf(resId, letter);
        const origin = this.element.getBoundingClientRect();
        const end = { x: ev.clientX - origin.left, y: ev.clientY - origin.top };
        this.clearDraft();
        if (source) {
            this.draft = newPath(`M${source.x} ${source.y}L${end.x} ${end.y}`, "o_draft");
            this.element.append(this.draft);
        }
        return end;
    }

    clearDraft() {
        this.draft?.remove();
    }

    /** Where an arrow leaves or meets a bar: its start (to the left) or its finish (to the right). */
    endOf(resId, letter) {
        const place = this.chart.placeOf(resId);
        const record = place !== undefined && this.model.shown(resId);
        const span = record && this.model.items.spanOf(record, "planned");
        if (!span) {
            return null;
        }
        const isFinish = letter === "f" || this.model.items.isMilestone(record);
        return {
            x: this.chart.layers.x(isFinish ? span.stop : span.start),
            y: place * ROW_HEIGHT + MIDDLE,
            side: letter === "f" ? 1 : -1,
        };
    }
}

/** The way of an arrow in right angles: out of the source, and into the target from its side. */
export function route(source, target) {
    const out = source.x + source.side * STUB;
    const into = target.x + target.side * STUB;
    if (source.side === target.side) {
        const turn = source.side > 0 ? Math.max(out, into) : Math.min(out, into);
        return `M${source.x} ${source.y}H${turn}V${target.y}H${target.x}`;
    }
    if ((into - out) * source.side >= 0) {
        return `M${source.x} ${source.y}H${out}V${target.y}H${target.x}`;
    }
    const between = target.y - Math.sign(target.y - source.y) * MIDDLE;
    return `M${source.x} ${source.y}H${out}V${between}H${into}V${target.y}H${target.x}`;
}

function headAt({ x, y, side }) {
    return `M${x} ${y}l${side * HEAD} ${-HEAD + 1}v${2 * HEAD - 2}z`;
}

function newPath(way, css) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", way);
    path.setAttribute("class", css);
    return path;
}
