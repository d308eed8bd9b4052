import { Component, useRef, useState } from "@odoo/owl";

import { deserializeDateTime, formatDate } from "@web/core/l10n/dates";

import { axisTicks, formatValue, frameOf, linear, pathOf, spanOf } from "@quality_inspection/chart_frame/chart_scale";
import { useChartWidth } from "@quality_inspection/chart_frame/chart_width";

const MARGINS = { left: 60, right: 44, top: 26, bottom: 24 };

/**
 * One control chart: points in time order with centre line and control limits. A point that breaks a run rule is
 * marked with the rule's number; hovering (or a tap, or the arrow keys) tells the inspection, a click opens it.
 */
export class ControlPlot extends Component {
    static template = "quality_spc.ControlPlot";
    static props = {
        title: String,
        series: { type: Object, shape: { center: Number, points: Array } },
        rules: Object,
        unit: { type: String, optional: true },
        percent: { type: Boolean, optional: true },
        height: { type: Number, optional: true },
        onOpen: Function,
    };
    static defaultProps = { height: 240, unit: "", percent: false };

    setup() {
        this.rootRef = useRef("root");
        this.size = useChartWidth(this.rootRef);
        this.cursor = useState({ index: -1 });
    }

    get points() {
        return this.props.series.points;
    }

    get active() {
        return this.points[this.cursor.index] || null;
    }

    /** Shares are shown as percentages. */
    shown(value) {
        return this.props.percent ? 100 * value : value;
    }

    text(value) {
        const suffix = this.props.percent ? " %" : this.props.unit ? ` ${this.props.unit}` : "";
        return formatValue(this.shown(value), this.shown(this.spread)) + suffix;
    }

    get spread() {
        const { points } = this.props.series;
        return Math.max(...points.map((point) => point.upper - point.lower)) || 0;
    }

    get layout() {
        const { center } = this.props.series;
        const points = this.points;
        const frame = frameOf(this.size.width, this.props.height, MARGINS);
        const numbers = points.flatMap((point) => [point.value, point.lower, point.upper]);
        const [low, high] = spanOf([...numbers, center].map((value) => this.shown(value)));
        const x = linear(-0.5, points.length - 0.5, frame.left, frame.right);
        const scale = linear(low, high, frame.bottom, frame.top);
        const y = (value) => scale(this.shown(value));
        const steps = (key) =>
            points.flatMap((point, place) => [
                [x(place - 0.5), y(point[key])],
                [x(place + 0.5), y(point[key])],
            ]);
        return {
            ...frame,
            x,
            y,
            center: y(center),
            lower: pathOf(steps("lower")),
            upper: pathOf(steps("upper")),
            line: pathOf(points.map((point, place) => [x(place), y(point.value)])),
            yTicks: axisTicks(scale, low, high, 6),
            xTicks: this.dateTicks(x, frame.right - frame.left),
            labels: this.limitLabels(y),
        };
    }

    /** As many dates below the chart as there is room for. */
    dateTicks(x, width) {
        const room = Math.max(1, Math.floor(width / 80));
        const every = Math.max(1, Math.ceil(this.points.length / room));
        return this.points
            .map((point, place) => ({ at: x(place), text: this.day(point), place }))
            .filter(({ place, text }) => place % every === 0 && text);
    }

    limitLabels(y) {
        const last = this.points.at(-1);
        return [
            { key: "upper", at: y(last.upper), text: "UCL" },
            { key: "center", at: y(this.props.series.center), text: "CL" },
            { key: "lower", at: y(last.lower), text: "LCL" },
        ];
    }

    day(point) {
        return point.moment ? formatDate(deserializeDateTime(point.moment)) : "";
    }

    ruleTexts(point) {
        return point.rules.map((code) => this.props.rules[code] || code);
    }

    indexAt(ev) {
        const { left, right } = this.layout;
        const box = ev.currentTarget.getBoundingClientRect();
        const share = (ev.clientX - box.left - left) / (right - left);
        return Math.min(this.points.length - 1, Math.max(0, Math.floor(share * this.points.length)));
    }

    onPointermove(ev) {
        if (ev.pointerType !== "touch") {
            this.cursor.index = this.indexAt(ev);
        }
    }

    /** A finger first shows a point, then opens it; a mouse has shown it already. */
    onClick(ev) {
        const index = this.indexAt(ev);
        if (index === this.cursor.index) {
            this.open();
        } else {
            this.cursor.index = index;
        }
    }

    onKeydown(ev) {
        const last = this.points.length - 1;
        const step = { ArrowLeft: -1, ArrowRight: 1 }[ev.key];
        if (step) {
            ev.preventDefault();
            this.cursor.index = Math.min(last, Math.max(0, this.cursor.index + step));
        } else if (ev.key === "Enter" && this.active) {
            ev.preventDefault();
            this.open();
        }
    }

    open() {
        this.props.onOpen(this.active.inspection_id);
    }
}
