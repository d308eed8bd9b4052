import { Component, useRef } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

import {
    formatTick,
    formatValue,
    linear,
    niceTicks,
    pathOf,
    spanOf,
} from "@quality_inspection/chart_frame/chart_scale";
import { useChartWidth } from "@quality_inspection/chart_frame/chart_width";

const LEFT = 44;
const RIGHT = 12;
const TOP = 24;
const BOTTOM = 26;
const CURVE_POINTS = 80;

/** Histogram of all values with the tolerance, the mean and the normal curve of their spread; indices beside it. */
export class HistogramPlot extends Component {
    static template = "quality_spc.HistogramPlot";
    static props = {
        classes: Array,
        characteristic: Object,
        capability: { optional: true },
        height: { type: Number, optional: true },
    };
    static defaultProps = { height: 260 };

    setup() {
        this.rootRef = useRef("root");
        this.size = useChartWidth(this.rootRef);
    }

    get tolerance() {
        const { has_lower: hasLower, has_upper: hasUpper, lower, upper } = this.props.characteristic;
        return [
            ...(hasLower ? [{ key: "LSL", value: lower }] : []),
            ...(hasUpper ? [{ key: "USL", value: upper }] : []),
        ];
    }

    get layout() {
        const { classes, capability } = this.props;
        const width = this.size.width;
        const bottom = this.props.height - BOTTOM;
        const [low, high] = spanOf([
            ...classes.flatMap(([from, to]) => [from, to]),
            ...this.tolerance.map((limit) => limit.value),
        ]);
        const x = linear(low, high, LEFT, width - RIGHT);
        const curve = capability ? this.normalCurve(low, high) : [];
        const most = Math.max(...classes.map(([, , count]) => count), ...curve.map(([, count]) => count));
        const y = linear(0, most * 1.05, bottom, TOP);
        const xTicks = niceTicks(low, high, width < 420 ? 4 : 8);
        const yTicks = niceTicks(0, most, 4);
        return {
            width,
            bottom,
            x,
            y,
            left: LEFT,
            right: width - RIGHT,
            top: TOP,
            bars: classes.map(([from, to, count]) => this.bar(x, y, bottom, from, to, count)),
            curve: pathOf(curve.map(([value, count]) => [x(value), y(count)])),
            xTicks: xTicks.values.map((value) => ({ at: x(value), text: formatTick(value, xTicks.step) })),
            yTicks: yTicks.values
                .filter(Number.isInteger)
                .map((value) => ({ at: y(value), text: formatTick(value, yTicks.step) })),
        };
    }

    bar(x, y, bottom, from, to, count) {
        const left = from === to ? x(from) - 8 : x(from);
        const width = from === to ? 16 : Math.max(1, x(to) - x(from) - 1);
        return { left, width, top: y(count), height: bottom - y(count), count };
    }

    /** Counts that a normal distribution with the overall spread would have in classes of this width. */
    normalCurve(low, high) {
        const { count, mean, sigma_overall: sigma } = this.props.capability;
        const [from, to] = this.props.classes[0];
        if (!(sigma > 0) || from === to) {
            return [];
        }
        const height = (count * (to - from)) / (sigma * Math.sqrt(2 * Math.PI));
        return Array.from({ length: CURVE_POINTS + 1 }, (_, turn) => {
            const value = low + ((high - low) * turn) / CURVE_POINTS;
            return [value, height * Math.exp(-((value - mean) ** 2) / (2 * sigma ** 2))];
        });
    }

    /** [name, text, what it means]; "-" where the tolerance or the spread does not give an index. */
    get figures() {
        const { capability: found, characteristic } = this.props;
        if (!found) {
            return [];
        }
        const unit = characteristic.unit ? ` ${characteristic.unit}` : "";
        const index = (value) => (typeof value === "number" ? formatValue(value, 1, 3) : "–");
        const measured = (value) => formatValue(value, found.sigma_overall, 3) + unit;
        return [
            ["Cp", index(found.cp), _t("Capability: tolerance against the spread within subgroups")],
            ["Cpk", index(found.cpk), _t("Capability at the nearer limit of the tolerance")],
            ["Pp", index(found.pp), _t("Performance: tolerance against the spread of all values")],
            ["Ppk", index(found.ppk), _t("Performance at the nearer limit of the tolerance")],
            [_t("Mean"), measured(found.mean), ""],
            [_t("σ within"), measured(found.sigma_within), _t("Mean range / d2")],
            [_t("σ overall"), measured(found.sigma_overall), _t("Standard deviation of all values")],
            [_t("Values"), String(found.count), ""],
            [_t("Out of tolerance"), String(found.outside), _t("Values outside the tolerance")],
        ].map(([name, text, help]) => ({ name, text, help }));
    }
}
