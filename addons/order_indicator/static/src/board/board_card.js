import { Component, useState } from "@odoo/owl";

const WIDTH = 120;
const HEIGHT = 32;

/** Points of the small line, and where its last one lies; parts without a value are left out. */
export function linePath(values, width = WIDTH, height = HEIGHT) {
    const known = values.filter((value) => value !== null);
    if (known.length < 2) {
        return { path: "", last: false };
    }
    const [low, high] = [Math.min(...known), Math.max(...known)];
    const x = (place) => 3 + (place * (width - 6)) / (values.length - 1);
    const y = (value) => (high === low ? height / 2 : height - 3 - ((value - low) * (height - 6)) / (high - low));
    let path = "";
    let last = false;
    let joined = false;
    values.forEach((value, place) => {
        if (value === null) {
            joined = false;
            return;
        }
        path += `${joined ? "L" : "M"}${x(place).toFixed(1)} ${y(value).toFixed(1)}`;
        last = { x: x(place), y: y(value) };
        joined = true;
    });
    return { path, last };
}

/** One indicator: value, target, change, line; its records and what it is made of. */
export class BoardCard extends Component {
    static template = "order_indicator.BoardCard";
    static props = {
        head: Object,
        card: { type: Object, optional: true },
        openRecords: Function,
        getBreakdown: Function,
    };

    setup() {
        this.state = useState({ dimension: false, breakdown: false });
    }

    get line() {
        return linePath(this.props.card.line);
    }

    get viewBox() {
        return `0 0 ${WIDTH} ${HEIGHT}`;
    }

    get verdict() {
        return {
            better: { icon: "fa-smile-o", color: "text-success" },
            worse: { icon: "fa-exclamation-triangle", color: "text-danger" },
        }[this.props.card.verdict];
    }

    openAll() {
        return this.props.openRecords(this.props.card);
    }

    openMissed() {
        return this.props.openRecords(this.props.card, { only_missed: true });
    }

    openGroup(row) {
        return this.props.openRecords(this.props.card, { dimension: this.state.dimension, group: row.group });
    }

    async toggle(dimension) {
        if (this.state.dimension === dimension) {
            this.state.dimension = false;
            return;
        }
        Object.assign(this.state, { dimension, breakdown: false });
        const breakdown = await this.props.getBreakdown(this.props.card, dimension);
        if (this.state.dimension === dimension) {
            this.state.breakdown = breakdown;
        }
    }
}
