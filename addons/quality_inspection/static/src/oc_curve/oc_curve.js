import { Component, useRef, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/core/utils/numbers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { axisTicks, decimalsOf, formatValue, frameOf, linear, pathOf } from "../chart_frame/chart_scale";
import { useChartWidth } from "../chart_frame/chart_width";

const MARGINS = { left: 60, right: 12, top: 12, bottom: 42 };

/**
 * Operating characteristic of a sampling plan: how often lots of each quality are accepted, with the points that the
 * producer (AQL) and the consumer (limiting quality) look at. For the Json field `oc_curve` of
 * `quality.inspection.sampling`; nothing is computed here but the drawing.
 */
export class OcCurve extends Component {
    static template = "quality_inspection.OcCurve";
    static props = {
        curve: Object,
        height: { type: Number, optional: true },
    };
    static defaultProps = { height: 260 };

    setup() {
        this.rootRef = useRef("root");
        this.size = useChartWidth(this.rootRef, 480);
        this.cursor = useState({ quality: null });
    }

    get points() {
        return this.props.curve.points.map((point) =>
            Array.isArray(point) ? { quality: point[0], probability: point[1] } : point
        );
    }

    get marks() {
        const { aql, acceptance_at_aql: atAql, limiting_quality: limiting, consumer_risk: risk } = this.props.curve;
        const marks = [];
        if (typeof aql === "number" && typeof atAql === "number") {
            marks.push({
                key: "producer",
                quality: aql,
                probability: atAql,
                label: _t("AQL %(aql)s: producer's risk %(risk)s %", {
                    // 1.0 as the standard writes it, 0.65, 10
                    aql: formatFloat(aql, { digits: [16, Math.max(decimalsOf(aql), aql < 10 ? 1 : 0)] }),
                    risk: formatValue(100 * (1 - atAql), 10),
                }),
            });
        }
        if (typeof limiting === "number") {
            const probability = typeof risk === "number" ? risk : this.acceptanceAt(limiting);
            marks.push({
                key: "consumer",
                quality: limiting,
                probability,
                label: _t("LQ %(quality)s: consumer's risk %(risk)s %", {
                    quality: formatValue(limiting, limiting),
                    risk: formatValue(100 * probability, 10),
                }),
            });
        }
        return marks;
    }

    get layout() {
        const frame = frameOf(this.size.width, this.props.height, MARGINS);
        const last = Math.max(...this.points.map((point) => point.quality), ...this.marks.map((mark) => mark.quality));
        const x = linear(0, last, frame.left, frame.right);
        const y = linear(0, 1, frame.bottom, frame.top);
        return {
            ...frame,
            last,
            x,
            y,
            path: pathOf(this.points.map((point) => [x(point.quality), y(point.probability)])),
            xTicks: axisTicks(x, 0, last, frame.width < 420 ? 4 : 8),
            yTicks: [0, 0.25, 0.5, 0.75, 1].map((value) => ({ at: y(value), text: `${100 * value} %` })),
        };
    }

    get xLabel() {
        return this.props.curve.measure === "nonconformities"
            ? _t("Nonconformities per 100 units")
            : _t("Percent nonconforming");
    }

    /** Probability of acceptance (0..1) at a quality, between the drawn points on a straight line. */
    acceptanceAt(quality) {
        const after = this.points.findIndex((point) => point.quality >= quality);
        if (after <= 0) {
            return (after === 0 ? this.points[0] : this.points.at(-1)).probability;
        }
        const [low, high] = [this.points[after - 1], this.points[after]];
        const share = (quality - low.quality) / (high.quality - low.quality);
        return low.probability + share * (high.probability - low.probability);
    }

    get active() {
        const quality = this.cursor.quality;
        return quality === null ? null : { quality, probability: this.acceptanceAt(quality) };
    }

    get caption() {
        if (!this.active) {
            return _t("n = %(size)s, Ac = %(acceptance)s", {
                size: this.props.curve.sample_size,
                acceptance: this.props.curve.acceptance,
            });
        }
        const values = {
            quality: formatValue(this.active.quality, this.layout.last),
            share: formatValue(100 * this.active.probability, 10),
        };
        return this.props.curve.measure === "nonconformities"
            ? _t("%(quality)s nonconformities per 100 units: %(share)s % of lots are accepted", values)
            : _t("%(quality)s % nonconforming: %(share)s % of lots are accepted", values);
    }

    onPointer(ev) {
        const box = ev.currentTarget.getBoundingClientRect();
        const { left, right, last } = this.layout;
        const share = (ev.clientX - box.left - left) / (right - left);
        this.cursor.quality = Math.min(1, Math.max(0, share)) * last;
    }

    onLeave() {
        this.cursor.quality = null;
    }

    onKeydown(ev) {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[ev.key];
        if (step) {
            ev.preventDefault();
            const { last } = this.layout;
            const now = this.cursor.quality ?? 0;
            this.cursor.quality = Math.min(last, Math.max(0, now + (step * last) / 40));
        }
    }
}

export class OcCurveField extends Component {
    static template = "quality_inspection.OcCurveField";
    static components = { OcCurve };
    static props = { ...standardFieldProps };

    get curve() {
        const value = this.props.record.data[this.props.name];
        return value && value.points && value.points.length > 1 ? value : false;
    }
}

export const ocCurveField = {
    component: OcCurveField,
    displayName: _t("Operating characteristic"),
    supportedTypes: ["json"],
    isEmpty: (record, fieldName) => !record.data[fieldName],
};

registry.category("fields").add("oc_curve", ocCurveField);
