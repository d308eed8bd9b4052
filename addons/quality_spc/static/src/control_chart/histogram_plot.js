import { Component, useRef } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

import { axisTicks, formatValue, frameOf, linear, pathOf, spanOf } from "@quality_inspection/chart_frame/chart_scale";
import { useChartWidth } from "@quality_inspection/chart_frame/chart_width";

const MARGINS = { left: 44, right: 12, top: 24, bottom: 26 };
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
        const frame = frameOf(this.size.width, this.props.height, MARGINS);
        const [low, high] = spanOf([
            ...classes.flatMap(([from, to]) => [from, to]),
            ...this.tolerance.map((limit) => limit.value),
        ]);
        const x = linear(low, high, frame.left, frame.right);
        const curve = capability ? this.normalCurve(low, high) : [];
        const most = Math.max(...classes.map(([, , count]) => count), ...curve.map(([, count]) => count));
        const y = linear(0, most * 1.05, frame.bottom, frame.top);
        return {
            ...frame,
            x,
            y,
            bars: classes.map(([from, to, count]) => this.bar(x, y, frame.bottom, from, to, count)),
            curve: pathOf(curve.map(([value, count]) => [x(value), y(count)])),
            xTicks: axisTicks(x, low, high, frame.width < 420 ? 4 : 8),
            yTicks: axisTicks(y, 0, most, 4).filter((tick) => Number.isInteger(tick.value)),
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
