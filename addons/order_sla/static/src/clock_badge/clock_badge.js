import { Component, onMounted, onWillUnmount, onWillUpdateProps, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

import { clockDetails, clockLabel } from "../clock_time/clock_text";
import { isCounting, nearness } from "../clock_time/clock_time";

const ICONS = {
    calm: "fa-clock-o",
    near: "fa-hourglass-end",
    late: "fa-exclamation-circle",
    paused: "fa-pause-circle",
    waiting: "fa-question-circle-o",
    standing: "fa-moon-o",
};

/**
 * Remaining or overdue time of one clock, ticking.
 *
 * `more` is the number of further clocks that stand behind this one; `others`
 * are their payloads, for the tooltip.
 */
export class ClockBadge extends Component {
    static template = "order_sla.ClockBadge";
    static props = {
        clock: Object,
        others: { type: Array, optional: true },
        tooltip: { type: Boolean, optional: true },
    };
    static defaultProps = { others: [], tooltip: true };

    setup() {
        this.ticker = useService("sla_ticker");
        this.state = useState({ label: "", kind: "calm", icon: ICONS.calm });
        this.read(this.props, true);
        onWillUpdateProps((props) => this.read(props, props.clock !== this.props.clock));
        let stop;
        onMounted(() => {
            stop = this.ticker.listen(() => this.read(this.props));
        });
        onWillUnmount(() => stop());
    }

    /** Draw the clock as it stands now; only a changed text renders anything. */
    read({ clock }, isNew = false) {
        if (isNew) {
            this.ticker.observe(clock);
        }
        const now = this.ticker.now();
        const kind = nearness(clock, now);
        const standing = ["calm", "near"].includes(kind) && !isCounting(clock, now);
        this.state.kind = kind;
        this.state.label = String(clockLabel(clock, now));
        this.state.icon = ICONS[standing ? "standing" : kind];
    }

    get tooltipInfo() {
        const now = this.ticker.now();
        const clocks = [this.props.clock, ...this.props.others];
        return JSON.stringify({ clocks: clocks.map((clock) => clockDetails(clock, now)) });
    }
}
